import type { Context } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { legsFor } from "../transfer/in-transit/legs.ts";
import { payBack } from "../transfer/in-transit/pay-back.ts";
import { OperationConflict } from "../transfer/in-transit/which-of.ts";
import { TransferRejected } from "../transfer/ledger.ts";

// #region pay-back-alone
/** Undoes what was debited, if it was not credited. Says which. */
export function* payBackAlone(ctx: Context, order: Order) {
  const no = ctx.options({
    nonRetryableErrors: [TransferRejected, OperationConflict],
  });
  const end = yield* ctx.run(payBack, legsFor(order), no);
  return { status: end === "undone" ? "compensated" : "committed" };
}
// #endregion pay-back-alone

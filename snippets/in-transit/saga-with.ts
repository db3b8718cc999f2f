import type { Context } from "@resonatehq/sdk";
import type { Saga } from "../crash-matrix/transfer-world.ts";
import type { Order } from "../transfer/check-transfer.ts";
import { legsFor } from "../transfer/in-transit/legs.ts";
import { payBack } from "../transfer/in-transit/pay-back.ts";
import type { payIn } from "../transfer/in-transit/pay-in.ts";
import { payOut } from "../transfer/in-transit/pay-out.ts";
import { OperationConflict } from "../transfer/in-transit/which-of.ts";
import { TransferRejected } from "../transfer/ledger.ts";

// #region saga-with
/** Our saga, in short, with other leaves. */
export function sagaWith(goIn: typeof payIn, out = payOut): Saga {
  return function* (ctx: Context, order: Order) {
    const legs = legsFor(order);
    const no = ctx.options({
      nonRetryableErrors: [TransferRejected, OperationConflict],
    });
    const paid = yield* ctx.run(goIn, legs, no);
    if (paid === "refused") return { status: "refused" };
    try {
      yield* ctx.run(out, legs, no);
    } catch (error) {
      if ((error as Error).name !== "TransferRejected") throw error;
      const undone = yield* ctx.run(payBack, legs, no);
      if (undone === "undone") return { status: "compensated" };
    }
    return { status: "committed" };
  };
}
// #endregion saga-with

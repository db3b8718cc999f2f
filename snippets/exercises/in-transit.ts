import type { Context } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { legsFor } from "../transfer/in-transit/legs.ts";
import { payBack } from "../transfer/in-transit/pay-back.ts";
import { payIn } from "../transfer/in-transit/pay-in.ts";
import { payOut } from "../transfer/in-transit/pay-out.ts";
import { OperationConflict } from "../transfer/in-transit/which-of.ts";
import { TransferRejected } from "../transfer/ledger.ts";

/** An answer to both exercises of the account in transit. */
export function* transfer(ctx: Context, order: Order) {
  const legs = legsFor(order);
  const no = ctx.options({
    nonRetryableErrors: [TransferRejected, OperationConflict],
  });
  const paid = yield* ctx.run(payIn, legs, no);
  if (paid === "refused") return { status: "refused" };
  try {
    yield* ctx.run(payOut, legs, no);
  } catch (error) {
    if ((error as Error).name !== "TransferRejected") throw error;
    const undone = yield* ctx.run(payBack, legs, no);
    if (undone === "undone") return { status: "compensated" };
  }
  return { status: "committed" };
}

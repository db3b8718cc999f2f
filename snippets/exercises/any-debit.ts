import type { Context } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { legsFor } from "../transfer/in-transit/legs.ts";
import { payBack } from "../transfer/in-transit/pay-back.ts";
import { payIn } from "../transfer/in-transit/pay-in.ts";
import { payOut } from "../transfer/in-transit/pay-out.ts";
import { OperationConflict } from "../transfer/in-transit/which-of.ts";
import { TransferRejected } from "../transfer/ledger.ts";

/** Flawed: do not copy. It takes a conflict for a debit made before. */
export function* transfer(ctx: Context, order: Order) {
  const legs = legsFor(order);
  const no = ctx.options({
    nonRetryableErrors: [TransferRejected, OperationConflict],
  });
  try {
    const paid = yield* ctx.run(payIn, legs, no);
    if (paid === "refused") return { status: "refused" };
  } catch (error) {
    if ((error as Error).name !== "OperationConflict") throw error;
  }
  try {
    yield* ctx.run(payOut, legs, no);
  } catch {
    const undone = yield* ctx.run(payBack, legs, no);
    if (undone === "undone") return { status: "compensated" };
  }
  return { status: "committed" };
}

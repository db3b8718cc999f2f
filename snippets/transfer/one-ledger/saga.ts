import type { Context } from "@resonatehq/sdk";
import {
  checkOrder,
  InvalidTransfer,
  type Order,
} from "../check-transfer.ts";
import { entriesFor } from "../entries-for.ts";
import { creditTarget, TransferRejected } from "../ledger.ts";
import { debitSource } from "./debit-source.ts";
import { undoDebit } from "./undo-debit.ts";

// #region saga
/**
 * The saga, where the source must hold what it pays. If it does not,
 * nothing is moved, and the answer says so. The credit is tried until
 * its answer is clear, and only a clear no is compensated. What arrives
 * late, after a no, moves nothing.
 */
export function* transferWithinLedger(
  ctx: Context,
  order: Order,
): Generator<unknown, { status: string; reason?: string }> {
  checkOrder(order);
  if (ctx.id !== order.id)
    throw new InvalidTransfer("the run must have the transfer's id");
  const { debit, credit, reversal } = entriesFor(order);
  const untilClear = ctx.options({
    nonRetryableErrors: [TransferRejected],
  });
  const paid = yield* ctx.run(debitSource, debit, untilClear);
  if (paid === "refused")
    return {
      status: "refused",
      reason: `account ${order.source} holds too little`,
    };
  try {
    yield* ctx.run(creditTarget, credit, untilClear);
  } catch (error) {
    if ((error as Error).name !== "TransferRejected") throw error;
    const undone = yield* ctx.run(undoDebit, reversal, credit);
    if (undone === "undone") return { status: "compensated" };
  }
  return { status: "committed" };
}
// #endregion saga

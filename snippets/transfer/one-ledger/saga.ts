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

/** How a transfer on one ledger ends, and why it moved nothing. */
export type LedgerResult =
  | { status: "committed" }
  | { status: "compensated" | "refused"; reason: string };

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
): Generator<unknown, LedgerResult> {
  checkOrder(order);
  if (ctx.id !== order.id)
    throw new InvalidTransfer("the run must have the transfer's id");
  const entries = entriesFor(order);
  const untilClear = ctx.options({
    nonRetryableErrors: [TransferRejected],
  });
  const paid = yield* ctx.run(debitSource, entries.debit, untilClear);
  if (paid === "refused")
    return {
      status: "refused",
      reason: `account ${order.source} holds too little`,
    };
  try {
    yield* ctx.run(creditTarget, entries.credit, untilClear);
  } catch (error) {
    const { name, message: reason } = error as Error;
    if (name !== "TransferRejected") throw error;
    const undone = yield* ctx.run(undoDebit, entries, untilClear);
    if (undone === "undone") return { status: "compensated", reason };
  }
  return { status: "committed" };
}
// #endregion saga

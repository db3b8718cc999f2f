import type { Context } from "@resonatehq/sdk";
import {
  checkOrder,
  InvalidTransfer,
  type Order,
} from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import {
  applyEntry,
  creditTarget,
  TransferRejected,
} from "../transfer/ledger.ts";
import { debitSource } from "../transfer/one-ledger/debit-source.ts";
import type { LedgerResult } from "../transfer/one-ledger/saga.ts";

// #region saga
/**
 * The saga, where the source must hold what it pays. If it does not,
 * nothing is moved, and the answer says so. The credit is tried until
 * its answer is clear, and only a clear no is compensated. A credit
 * that arrives late, after a no, still creates money.
 */
export function* transferWithinFunds(
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
    yield* ctx.run(applyEntry, entries.reversal);
    return { status: "compensated", reason };
  }
  return { status: "committed" };
}
// #endregion saga

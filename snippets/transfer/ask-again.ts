import type { Context } from "@resonatehq/sdk";
import {
  checkOrder,
  InvalidTransfer,
  type Order,
} from "./check-transfer.ts";
import { entriesFor } from "./entries-for.ts";
import {
  applyEntry,
  creditTarget,
  TransferRejected,
} from "./ledger.ts";

// #region saga
/**
 * The saga, but the credit is tried until its answer is clear, and only
 * a clear no is compensated. A lost answer creates no money. A credit
 * that arrives late, after a no, still does.
 */
export function* transferAskingAgain(
  ctx: Context,
  order: Order,
): Generator<unknown, { status: string }> {
  checkOrder(order);
  if (ctx.id !== order.id)
    throw new InvalidTransfer("the run must have the transfer's id");
  const { debit, credit, reversal } = entriesFor(order);
  const untilClear = ctx.options({
    nonRetryableErrors: [TransferRejected],
  });
  yield* ctx.run(applyEntry, debit, untilClear);
  try {
    yield* ctx.run(creditTarget, credit, untilClear);
  } catch (error) {
    if ((error as Error).name !== "TransferRejected") throw error;
    yield* ctx.run(applyEntry, reversal);
    return { status: "compensated" };
  }
  return { status: "committed" };
}
// #endregion saga

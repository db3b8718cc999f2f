import {
  type Context,
  Exponential,
  Never,
} from "@resonatehq/sdk/async";
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
import type { TransferResult } from "../transfer/transfer-money.ts";

// #region saga
/**
 * The saga `transferMoney` for the async engine. It promises the same,
 * is as unsafe where an answer can get lost, and fails with the same
 * errors.
 */
export async function transferMoney(
  ctx: Context,
  order: Order,
): Promise<TransferResult> {
  checkOrder(order);
  const { id: transferId, source, target, amountCents } = order;
  if (ctx.id !== transferId)
    throw new InvalidTransfer("the run must have the transfer's id");
  const { debit, credit, reversal } = entriesFor(order);
  const retryPolicy = new Exponential(); // here it is not the default

  // Step 1: debit the source. A clear no is not worth a retry.
  const nonRetryableErrors = [TransferRejected];
  await ctx.run(
    applyEntry,
    debit,
    ctx.options({ retryPolicy, nonRetryableErrors }),
  );

  // Step 2: credit the target, once. If that throws, reverse the debit.
  try {
    await ctx.run(
      creditTarget,
      credit,
      ctx.options({ retryPolicy: new Never() }),
    );
  } catch (error) {
    await ctx.run(applyEntry, reversal, ctx.options({ retryPolicy }));
    const reason = (error as Error).message;
    return { transferId, status: "compensated", reason };
  }
  const status = "committed";
  return { transferId, status, source, target, amountCents };
}
// #endregion saga

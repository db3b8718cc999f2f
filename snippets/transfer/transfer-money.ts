import { type Context, Never } from "@resonatehq/sdk";
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

export type TransferResult =
  | {
      transferId: string;
      status: "committed";
      source: string;
      target: string;
      amountCents: number;
    }
  | { transferId: string; status: "compensated"; reason: string };

// #region saga
/**
 * The saga: debits the source, credits the target, and reverses the
 * debit when the credit throws. It is safe only where a credit that
 * throws was not made: if its answer can get lost, this creates money.
 * Fails with an error named `InvalidTransfer`, or `TransferRejected`
 * when there is no such source, before it moves anything. Any other
 * error, a deadline's too, says nothing of what was moved.
 */
export function* transferMoney(
  ctx: Context,
  order: Order,
): Generator<unknown, TransferResult> {
  checkOrder(order);
  const { id: transferId, source, target, amountCents } = order;
  if (ctx.id !== transferId)
    throw new InvalidTransfer("the run must have the transfer's id");
  const { debit, credit, reversal } = entriesFor(order);

  // #region debit
  // Step 1: debit the source. A clear no is not worth a retry.
  yield* ctx.run(
    applyEntry,
    debit,
    ctx.options({ nonRetryableErrors: [TransferRejected] }),
  );
  // #endregion debit

  // #region try-catch
  // Step 2: credit the target, once. If that throws, reverse the debit.
  try {
    yield* ctx.run(
      creditTarget,
      credit,
      ctx.options({ retryPolicy: new Never() }),
    );
  } catch (error) {
    yield* ctx.run(applyEntry, reversal);
    const reason = (error as Error).message;
    return { transferId, status: "compensated", reason };
  }
  const status = "committed";
  return { transferId, status, source, target, amountCents };
  // #endregion try-catch
}
// #endregion saga

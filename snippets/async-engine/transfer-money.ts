import {
  type Context,
  Exponential,
  Never,
} from "@resonatehq/sdk/async";
import {
  checkForm,
  InvalidTransfer,
  type Transfer,
} from "../check-transfer.ts";
import { entriesFor } from "../entries-for.ts";
import {
  applyEntry,
  creditTarget,
  TransferRejected,
} from "../ledger.ts";
import type { TransferResult } from "../transfer-money.ts";

// #region saga
/**
 * The saga of `snippets/transfer-money.ts` for the async engine. It
 * promises the same, is as unsafe where an answer can get lost, and
 * fails with the same errors.
 */
export async function transferMoney(
  ctx: Context,
  transfer: Transfer,
): Promise<TransferResult> {
  checkForm(transfer);
  const transferId = transfer.id;
  if (ctx.id !== transferId)
    throw new InvalidTransfer("the run must have the transfer's id");
  const { debit, credit, reversal } = entriesFor(transfer);
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
      transfer.simulateCreditFailure,
      ctx.options({ retryPolicy: new Never() }),
    );
  } catch (error) {
    await ctx.run(applyEntry, reversal, ctx.options({ retryPolicy }));
    const reason = (error as Error).message;
    return { transferId, status: "compensated", reason };
  }
  return { transferId, status: "committed" };
}
// #endregion saga

import type { Context } from "@resonatehq/sdk";
import {
  type EntryFor,
  ledgerOf,
  look,
  TransferRejected,
} from "../ledger.ts";

// #region debit-source
/**
 * Leaf. Debits the source if it holds that much, and says whether it
 * did. A no is kept under the operation id, as a yes is: whoever asks
 * again, or late, hears the first answer. Throws `TransferRejected`
 * when there is no such account, and another error on another ledger
 * than the entry's.
 */
export async function debitSource(
  ctx: Context,
  debit: EntryFor,
): Promise<"made" | "refused"> {
  const db = ledgerOf(ctx);
  const { opId, transferId, account, amountCents, ledgerId } = debit;
  await db
    .prepare(
      `INSERT INTO entries
         (op_id, transfer_id, account, amount_cents, kind)
       SELECT ?, ?, account,
         CASE WHEN held + asked < 0 THEN 0 ELSE asked END,
         CASE WHEN held + asked < 0 THEN 'refusal' ELSE 'debit' END
       FROM ledger, (
         SELECT id AS account, ? * CAST(1 AS BIGINT) AS asked, (
             SELECT COALESCE(SUM(amount_cents), 0)
             FROM entries WHERE account = accounts.id) AS held
         FROM accounts WHERE id = ?) AS source
       WHERE ledger.id = ?
       ON CONFLICT (op_id) DO NOTHING`,
    )
    .run(opId, transferId, amountCents, account, ledgerId);
  const { made } = await look(db, debit);
  if (!made)
    throw new TransferRejected(`there is no account ${account}`);
  return made === "refusal" ? "refused" : "made";
}
// #endregion debit-source

import type { Context } from "@resonatehq/sdk";
import {
  type EntryFor,
  ledgerOf,
  look,
  TransferRejected,
} from "../../transfer/ledger.ts";

// #region debit-source
/** Flawed: do not copy. Its no leaves no row. */
export async function debitWithoutNo(
  ctx: Context,
  debit: EntryFor,
): Promise<"made" | "refused"> {
  const db = ledgerOf(ctx);
  const { opId, transferId, account, amountCents, ledgerId } = debit;
  await db
    .prepare(
      `INSERT INTO entries
         (op_id, transfer_id, account, amount_cents, kind)
       SELECT ?, ?, account, asked, 'debit'
       FROM ledger, (
         SELECT id AS account, ? * CAST(1 AS BIGINT) AS asked, (
             SELECT COALESCE(SUM(amount_cents), 0)
             FROM entries WHERE account = accounts.id) AS held
         FROM accounts WHERE id = ?) AS source
       WHERE ledger.id = ? AND held + asked >= 0
       ON CONFLICT (op_id) DO NOTHING`,
    )
    .run(opId, transferId, amountCents, account, ledgerId);
  const { made, exists } = await look(db, debit);
  if (!exists)
    throw new TransferRejected(`there is no account ${account}`);
  return made ? "made" : "refused";
}
// #endregion debit-source

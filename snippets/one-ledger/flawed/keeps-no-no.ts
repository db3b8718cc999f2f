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
         SELECT account, SUM(amount_cents) AS held,
           CAST(? AS BIGINT) AS asked
         FROM entries WHERE account = ? GROUP BY account) AS source
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

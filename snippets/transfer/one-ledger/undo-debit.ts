import type { Context } from "@resonatehq/sdk";
import {
  type EntryFor,
  ledgerOf,
  look,
  TransferRejected,
} from "../ledger.ts";

type Entries = Record<"debit" | "credit" | "reversal", EntryFor>;

// #region undo-debit
/**
 * Leaf. Gives the source its money back, and with the same statement
 * keeps a no under the credit's operation id, so that a credit that
 * comes later is refused. If the credit was made, makes neither, and
 * says so. Throws `TransferRejected` when no debit was made, and
 * another error on another ledger than the entries'.
 */
export async function undoDebit(
  ctx: Context,
  { debit, credit, reversal }: Entries,
): Promise<"undone" | "credited"> {
  const db = ledgerOf(ctx);
  const { opId, transferId, account, amountCents, ledgerId } = reversal;
  await db
    .prepare(
      `WITH asked (op_id, amount_cents, kind) AS (
         VALUES (?, ? * CAST(1 AS BIGINT), 'reversal'),
           (?, 0, 'refusal'))
       INSERT INTO entries
         (op_id, transfer_id, account, amount_cents, kind)
       SELECT op_id, ?, accounts.id, amount_cents, kind
       FROM asked, accounts, ledger
       WHERE accounts.id = ? AND ledger.id = ?
         AND EXISTS (SELECT 1 FROM entries
           WHERE op_id = ? AND kind = 'debit')
         AND NOT EXISTS (SELECT 1 FROM entries
           WHERE op_id = ? AND kind = 'credit')
       ON CONFLICT (op_id) DO NOTHING`,
    )
    .run(
      ...[opId, amountCents, credit.opId, transferId, account],
      ...[ledgerId, debit.opId, credit.opId],
    );
  if ((await look(db, credit)).made === "credit") return "credited";
  if ((await look(db, reversal)).made) return "undone";
  throw new TransferRejected(`${transferId} has debited nothing`);
}
// #endregion undo-debit

import type { Context } from "@resonatehq/sdk";
import {
  type EntryFor,
  ledgerOf,
  look,
  TransferRejected,
} from "../ledger.ts";

// #region undo-debit
/**
 * Leaf. Gives the source its money back, and with the same statement
 * keeps a no under the credit's operation id, so that a credit that
 * comes later is refused. If the credit was made, makes neither, and
 * says so. Throws `TransferRejected` when there is no such account, and
 * another error on another ledger than the entries'.
 */
export async function undoDebit(
  ctx: Context,
  reversal: EntryFor,
  credit: EntryFor,
): Promise<"undone" | "credited"> {
  const db = ledgerOf(ctx);
  const { opId, transferId, account, amountCents, ledgerId } = reversal;
  await db
    .prepare(
      `WITH asked (op_id, amount_cents, kind) AS (
         VALUES (?, CAST(? AS BIGINT), 'reversal'), (?, 0, 'refusal'))
       INSERT INTO entries
         (op_id, transfer_id, account, amount_cents, kind)
       SELECT op_id, ?, accounts.id, amount_cents, kind
       FROM asked, accounts, ledger
       WHERE accounts.id = ? AND ledger.id = ?
         AND NOT EXISTS (SELECT 1 FROM entries WHERE op_id IN (?, ?))`,
    )
    .run(
      ...[opId, amountCents, credit.opId],
      ...[transferId, account, ledgerId],
      ...[opId, credit.opId],
    );
  if ((await look(db, reversal)).made) return "undone";
  if ((await look(db, credit)).made === "credit") return "credited";
  throw new TransferRejected(`there is no account ${account}`);
}
// #endregion undo-debit

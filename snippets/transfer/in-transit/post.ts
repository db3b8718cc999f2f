import type { EntryFor, LedgerDb } from "../ledger.ts";

// #region post
/**
 * Makes these entries, which are for one ledger, by one statement:
 * those for which the condition holds. Where one of their operation ids
 * is taken, or one of their accounts is not there, it makes none.
 */
export async function post(
  db: LedgerDb,
  asked: EntryFor[],
  condition: string,
  ...values: unknown[]
): Promise<void> {
  const rows = asked.map(() => "(?, ?, ? * CAST(1 AS BIGINT), ?)");
  await db
    .prepare(
      `WITH asked (op_id, account, amount_cents, kind) AS (
         VALUES ${rows.join(", ")})
       INSERT INTO entries
         (op_id, transfer_id, account, amount_cents, kind)
       SELECT op_id, ?, account, amount_cents, kind
       FROM asked, ledger
       WHERE ledger.id = ? AND ${condition}
         AND NOT EXISTS (SELECT 1 FROM asked, entries
           WHERE entries.op_id = asked.op_id)
         AND NOT EXISTS (SELECT 1 FROM asked
           WHERE account NOT IN (SELECT id FROM accounts))
       ON CONFLICT (op_id) DO NOTHING`,
    )
    .run(
      ...asked.flatMap(({ opId, account, amountCents, kind }) => [
        ...[opId, account, amountCents, kind],
      ]),
      ...[asked[0]?.transferId, asked[0]?.ledgerId, ...values],
    );
}
// #endregion post

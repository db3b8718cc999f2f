import type { LedgerDb } from "../transfer/ledger.ts";

// #region drop-key
/** Flawed: do not copy. The entries lose their key: a copy has none. */
export async function dropKey(db: LedgerDb): Promise<void> {
  for (const sql of [
    "CREATE TABLE copy AS SELECT * FROM entries",
    "DROP TABLE entries",
    "ALTER TABLE copy RENAME TO entries",
  ])
    await db.prepare(sql).run();
}
// #endregion drop-key

import { openAccount } from "../accounts.ts";
import type { LedgerDb } from "../ledger.ts";

/** Where a bank books what it will not see again. It may hold less
 * than nothing. */
export const LOSSES = "losses";

// #region tables
/**
 * What a bank keeps besides its ledger: each answer that it gave, by
 * key. A row is a yes or, with a reason, a no. A yes makes its entry
 * itself, so that one statement does both.
 */
const TABLES = [
  `CREATE TABLE IF NOT EXISTS answers (
    key          TEXT NOT NULL PRIMARY KEY,
    transfer_id  TEXT NOT NULL,
    account      TEXT NOT NULL,
    amount_cents INTEGER NOT NULL CHECK (amount_cents > 0),
    kind         TEXT NOT NULL,
    note         TEXT,
    refused      TEXT,
    at_ms        INTEGER NOT NULL
      DEFAULT (CAST(1000 * unixepoch('subsec') AS INTEGER))
  ) STRICT`,

  `CREATE TRIGGER IF NOT EXISTS make_entry AFTER INSERT ON answers
    WHEN NEW.refused IS NULL
    BEGIN
      INSERT INTO entries
        (op_id, transfer_id, account, amount_cents, kind)
      VALUES (NEW.key, NEW.transfer_id, NEW.account,
        CASE NEW.kind WHEN 'debit' THEN -NEW.amount_cents
          ELSE NEW.amount_cents END, NEW.kind);
    END`,

  `CREATE TRIGGER IF NOT EXISTS keep_answer BEFORE UPDATE ON answers
    BEGIN SELECT RAISE(ABORT, 'an answer stays'); END`,
  `CREATE TRIGGER IF NOT EXISTS hold_answer BEFORE DELETE ON answers
    BEGIN SELECT RAISE(ABORT, 'an answer stays'); END`,
];

/** Makes a ledger that of a bank, if it is not that yet. */
export async function prepareBank(db: LedgerDb): Promise<void> {
  for (const sql of TABLES) await db.prepare(sql).run();
  await openAccount(db, LOSSES, 0);
}
// #endregion tables

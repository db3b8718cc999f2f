import { openAccount } from "../accounts.ts";
import { openLedger } from "../open-ledger.ts";

// #region bank
/** A ledger in which alice holds 200.00, and bob nothing. */
export async function openBank() {
  const db = openLedger();
  await openAccount(db, "alice", 200_00);
  await openAccount(db, "bob", 0);
  return db;
}

/** The same, but the entries have no key: a copy has rows alone. */
export async function openBankWithoutKey() {
  const db = await openBank();
  db.exec(`CREATE TABLE copy AS SELECT * FROM entries;
    DROP TABLE entries;
    ALTER TABLE copy RENAME TO entries`);
  return db;
}
// #endregion bank

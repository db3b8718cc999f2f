import { openBank } from "../support/open-bank.ts";

// #region without-key
/** The bank, but its entries have no key: a copy has rows alone. */
export async function openBankWithoutKey() {
  const db = await openBank();
  db.exec(`CREATE TABLE copy AS SELECT * FROM entries;
    DROP TABLE entries;
    ALTER TABLE copy RENAME TO entries`);
  return db;
}
// #endregion without-key

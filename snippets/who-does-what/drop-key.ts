import type { Database } from "better-sqlite3";

// #region drop-key
/** Flawed: do not copy. The entries lose their key: a copy has none. */
export function dropKey(db: Database): void {
  db.exec(`CREATE TABLE copy AS SELECT * FROM entries;
    DROP TABLE entries;
    ALTER TABLE copy RENAME TO entries`);
}
// #endregion drop-key

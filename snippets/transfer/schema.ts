// #region schema
/**
 * The tables. A ledger draws its id when it is made. Entries are only
 * ever added, by any connection; a balance is their sum.
 */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS ledger (
    id       TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))),
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1)
  ) STRICT;
  INSERT INTO ledger (only_row) VALUES (1) ON CONFLICT DO NOTHING;

  CREATE TABLE IF NOT EXISTS accounts (
    id TEXT NOT NULL PRIMARY KEY
  ) STRICT;

  -- A closed account refuses credits, until it is opened again.
  CREATE TABLE IF NOT EXISTS closed (
    account TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id)
  ) STRICT;

  CREATE TABLE IF NOT EXISTS entries (
    op_id        TEXT NOT NULL PRIMARY KEY,
    transfer_id  TEXT CHECK ((transfer_id IS NULL) = (kind = 'seed')),
    account      TEXT NOT NULL REFERENCES accounts (id),
    amount_cents INTEGER NOT NULL,
    kind         TEXT NOT NULL
      CHECK (kind IN ('seed', 'debit', 'credit', 'reversal',
        'write-off', 'refusal'))
  ) STRICT;
  CREATE INDEX IF NOT EXISTS entries_of_account ON entries (account);

  CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
  CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;

  -- OR REPLACE deletes without a word. So what is asked for again is
  -- noted, and what was noted is not made again.
  CREATE TABLE IF NOT EXISTS asked_again (
    op_id TEXT NOT NULL PRIMARY KEY
  ) STRICT;
  CREATE TRIGGER IF NOT EXISTS note_again BEFORE INSERT ON entries
    WHEN EXISTS (SELECT 1 FROM entries WHERE op_id = NEW.op_id)
    BEGIN INSERT OR IGNORE INTO asked_again VALUES (NEW.op_id); END;
  CREATE TRIGGER IF NOT EXISTS no_replace AFTER INSERT ON entries
    WHEN EXISTS (SELECT 1 FROM asked_again WHERE op_id = NEW.op_id)
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
  CREATE TRIGGER IF NOT EXISTS no_other_row BEFORE INSERT ON entries
    WHEN EXISTS (SELECT 1 FROM entries WHERE rowid = NEW.rowid)
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
`;
// #endregion schema

// #region postgres-schema
/**
 * The tables of `schema.ts`, as Postgres has them: entries get a number
 * of their own, which SQLite gives by itself, and nothing can replace
 * one. To close an account is to look at its entries: so a credit that
 * is under way at the same time is refused, and not made afterwards.
 * That holds among SERIALIZABLE transactions: all others are refused.
 */
export const POSTGRES_SCHEMA = `
  SELECT pg_advisory_xact_lock(${0x1ed6e4}); -- two may begin at once

  CREATE TABLE IF NOT EXISTS ledger (
    id       TEXT NOT NULL
             DEFAULT replace(gen_random_uuid()::text, '-', ''),
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1)
  );
  INSERT INTO ledger (only_row) VALUES (1) ON CONFLICT DO NOTHING;

  CREATE TABLE IF NOT EXISTS accounts (
    id TEXT NOT NULL PRIMARY KEY
  );

  CREATE TABLE IF NOT EXISTS closed (
    account TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id)
  );

  CREATE TABLE IF NOT EXISTS entries (
    op_id        TEXT NOT NULL PRIMARY KEY,
    transfer_id  TEXT CHECK ((transfer_id IS NULL) = (kind = 'seed')),
    account      TEXT NOT NULL REFERENCES accounts (id),
    amount_cents BIGINT NOT NULL,
    kind         TEXT NOT NULL
      CHECK (kind IN ('seed', 'debit', 'credit', 'reversal',
        'write-off', 'refusal')),
    rowid        BIGINT GENERATED ALWAYS AS IDENTITY
  );
  CREATE INDEX IF NOT EXISTS entries_of_account ON entries (account);

  CREATE OR REPLACE FUNCTION only_grows() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the ledger only grows'; END $$;
  CREATE OR REPLACE TRIGGER no_change
    BEFORE UPDATE OR DELETE OR TRUNCATE ON entries
    EXECUTE FUNCTION only_grows();

  CREATE OR REPLACE FUNCTION only_in_order() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
      IF current_setting('transaction_isolation') <> 'serializable' THEN
        RAISE EXCEPTION 'ask for SERIALIZABLE to write to the ledger';
      END IF;
      RETURN NULL;
    END $$;
  CREATE OR REPLACE TRIGGER in_order
    BEFORE INSERT ON entries EXECUTE FUNCTION only_in_order();
  CREATE OR REPLACE TRIGGER in_order
    BEFORE INSERT OR UPDATE OR DELETE ON closed
    EXECUTE FUNCTION only_in_order();

  CREATE OR REPLACE FUNCTION look_at_entries() RETURNS trigger
    LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM 1 FROM entries WHERE account = NEW.account;
      RETURN NEW;
    END $$;
  CREATE OR REPLACE TRIGGER close_looks BEFORE INSERT ON closed
    FOR EACH ROW EXECUTE FUNCTION look_at_entries();
`;
// #endregion postgres-schema

import type { Context } from "@resonatehq/sdk";

// #region schema
/** The tables. Entries are only ever added; a balance is their sum. */
export const SCHEMA = `
  CREATE TABLE IF NOT EXISTS accounts (
    id TEXT NOT NULL PRIMARY KEY
  ) STRICT;

  CREATE TABLE IF NOT EXISTS entries (
    op_id        TEXT NOT NULL PRIMARY KEY,
    transfer_id  TEXT CHECK ((transfer_id IS NULL) = (kind = 'seed')),
    account      TEXT NOT NULL REFERENCES accounts (id),
    amount_cents INTEGER NOT NULL,
    kind         TEXT NOT NULL
      CHECK (kind IN ('seed', 'debit', 'credit', 'reversal'))
  ) STRICT;

  CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON entries
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
  CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON entries
    BEGIN SELECT RAISE(ABORT, 'the ledger only grows'); END;
`;
// #endregion schema

/** What the ledger needs of a database, which may answer later. */
export interface LedgerDb {
  prepare(sql: string): {
    run(...values: unknown[]): Awaitable<{ changes: number }>;
    get(...values: unknown[]): Awaitable<unknown>;
    all(...values: unknown[]): Awaitable<unknown[]>;
  };
}
type Awaitable<T> = T | Promise<T>;

/** One line of the ledger. `opId` is its idempotency key. */
export interface Entry {
  opId: string;
  transferId: string;
  account: string;
  amountCents: number;
  kind: "debit" | "credit" | "reversal";
}

/** The ledger's clear no: the entry was not made. */
export class TransferRejected extends Error {
  constructor(message: string) {
    super(message);
    this.name = "TransferRejected"; // a checkpoint loses the class
  }
}

// #region apply-entry
/**
 * Leaf. Makes the entry once, however often it is called, and says
 * whether that was now or before. Throws `TransferRejected` when there
 * is no such account.
 */
export async function applyEntry(ctx: Context, entry: Entry) {
  const db = ledgerOf(ctx);
  const { opId, transferId, account, amountCents, kind } = entry;
  const { changes } = await db
    .prepare(
      `INSERT INTO entries
         (op_id, transfer_id, account, amount_cents, kind)
       SELECT ?, ?, id, ?, ? FROM accounts WHERE id = ?
       ON CONFLICT (op_id) DO NOTHING`,
    )
    .run(opId, transferId, amountCents, kind, account);
  if (changes === 1) return "applied";
  if (await hasEntry(db, opId)) return "already applied";
  throw new TransferRejected(`there is no account ${account}`);
}
// #endregion apply-entry

// #region credit-target
/**
 * Leaf. Credits the target. Throws `TransferRejected` when told to, or
 * when there is no such account. It looks for its own operation id
 * first: a credit that was made cannot be rejected any more.
 */
export async function creditTarget(
  ctx: Context,
  credit: Entry,
  reject?: boolean,
) {
  if (reject && !(await hasEntry(ledgerOf(ctx), credit.opId)))
    throw new TransferRejected("the target rejects the credit");
  return applyEntry(ctx, credit);
}
// #endregion credit-target

// #region ledger-of
function ledgerOf(ctx: Context): LedgerDb {
  const db = ctx.getDependency<LedgerDb>("db");
  if (!db)
    throw new Error('call resonate.setDependency("db", …) first');
  return db;
}
// #endregion ledger-of

async function hasEntry(db: LedgerDb, opId: string) {
  const sql = "SELECT 1 FROM entries WHERE op_id = ?";
  return (await db.prepare(sql).get(opId)) !== undefined;
}

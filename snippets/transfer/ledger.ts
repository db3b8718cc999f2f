import type { Context } from "@resonatehq/sdk";

/** What the ledger needs of a database, which may answer later. */
export interface LedgerDb {
  prepare(sql: string): {
    run(...values: unknown[]): Awaitable<{ changes: number }>;
    get(...values: unknown[]): Awaitable<unknown>;
    all(...values: unknown[]): Awaitable<unknown[]>;
  };
}
type Awaitable<T> = T | Promise<T>;

/** One line of a ledger. `opId` is its idempotency key. */
export interface Entry {
  opId: string;
  transferId: string;
  account: string;
  amountCents: number;
  kind: "debit" | "credit" | "reversal" | "write-off" | "refusal";
}

/** An entry, and the id of the one ledger that it may be made in. */
export type EntryFor = Entry & { ledgerId: string };

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
 * is no such account, and another error on another ledger than the
 * entry's.
 */
export async function applyEntry(ctx: Context, entry: EntryFor) {
  return make(ledgerOf(ctx), entry);
}
// #endregion apply-entry

// #region credit-target
/**
 * Leaf. Credits the target, as `applyEntry` would, but for a closed
 * account: that throws `TransferRejected`, unless the credit was made
 * before. A credit that was made cannot be rejected any more.
 */
export async function creditTarget(ctx: Context, credit: EntryFor) {
  const open = "AND accounts.id NOT IN (SELECT account FROM closed)";
  return make(ledgerOf(ctx), credit, open);
}
// #endregion credit-target

// #region make
async function make(db: LedgerDb, entry: EntryFor, condition = "") {
  const { opId, transferId, account, amountCents, kind } = entry;
  const { changes } = await db
    .prepare(
      `INSERT INTO entries
         (op_id, transfer_id, account, amount_cents, kind)
       SELECT ?, ?, accounts.id, ?, ? FROM accounts, ledger
       WHERE accounts.id = ? AND ledger.id = ? ${condition}
       ON CONFLICT (op_id) DO NOTHING`,
    )
    .run(opId, transferId, amountCents, kind, account, entry.ledgerId);
  if (changes === 1) return "applied";
  const { made, exists } = await look(db, entry);
  if (made === "refusal")
    throw new TransferRejected(`${opId} was refused before`);
  if (made) return "already applied";
  throw new TransferRejected(
    exists
      ? `account ${account} is closed`
      : `there is no account ${account}`,
  );
}

/**
 * What the ledger has of this entry: its kind, if it was made, and
 * whether there is such an account. Throws on another ledger than the
 * entry's: what that one has not is no answer.
 */
export async function look(db: LedgerDb, entry: EntryFor) {
  const { opId, account, ledgerId } = entry;
  const sql = `SELECT id,
      (SELECT kind FROM entries WHERE op_id = ?) AS made,
      EXISTS (SELECT 1 FROM accounts WHERE id = ?) AS "exists"
    FROM ledger`;
  const found = (await db.prepare(sql).get(opId, account)) as Found;
  assertLedger(found, ledgerId);
  return found;
}
type Found = {
  id: string;
  made: Entry["kind"] | null;
  exists: unknown;
};

/** Throws on another ledger than the one that an entry is for. */
export function assertLedger({ id }: { id: string }, ledgerId: string) {
  if (id !== ledgerId)
    throw new Error(
      `the order is for ledger ${ledgerId}, this is ${id}: ` +
        "give the worker the ledger that the order was checked with",
    );
}
// #endregion make

// #region ledger-of
/** The ledger that the worker was given. Throws if there is none. */
export function ledgerOf(ctx: Context): LedgerDb {
  const db = ctx.getDependency<LedgerDb>("db");
  if (!db)
    throw new Error('call resonate.setDependency("db", …) first');
  return db;
}
// #endregion ledger-of

import type { Entry, LedgerDb } from "./ledger.ts";

// #region open-account
/**
 * Opens an account that holds `openingCents`; an account that is there
 * already, open or closed, stays as it is. Throws `RangeError` when
 * that is not a whole, safe number of cents, when all accounts together
 * would not hold one, or the name is not one in whole characters.
 */
export async function openAccount(
  db: LedgerDb,
  account: string,
  openingCents: number,
): Promise<void> {
  assertCents(openingCents);
  if (!account || account.includes("\0") || !account.isWellFormed())
    throw new RangeError(
      "an account needs a name, in whole characters",
    );
  await db
    .prepare(
      `INSERT INTO accounts SELECT ? WHERE ${FITS}
       ON CONFLICT (id) DO NOTHING`,
    )
    .run(account, openingCents);
  await db
    .prepare(
      `INSERT INTO entries (op_id, account, amount_cents, kind)
       SELECT ?, id, ?, 'seed' FROM accounts WHERE id = ? AND ${FITS}
       ON CONFLICT (op_id) DO NOTHING`,
    )
    .run(`seed:${account}`, openingCents, account, openingCents);
  if (!(await hasAccount(db, account)))
    throw new RangeError(
      "all accounts together would hold more cents than a number can",
    );
}

/** What was put in, with this, is a sum that a number holds exactly. */
const FITS = `(SELECT COALESCE(SUM(amount_cents), 0) FROM entries
    WHERE kind = 'seed') + ? * CAST(1 AS BIGINT)
  <= ${Number.MAX_SAFE_INTEGER}`;
// #endregion open-account

/** The id that the ledger drew when it was made. */
export async function ledgerIdOf(db: LedgerDb): Promise<string> {
  const row = await db.prepare("SELECT id FROM ledger").get();
  return (row as { id: string }).id;
}

/** Says whether the account is there. */
export async function hasAccount(db: LedgerDb, account: string) {
  const sql = "SELECT 1 FROM accounts WHERE id = ?";
  return (await db.prepare(sql).get(account)) !== undefined;
}

// #region close-account
/**
 * From now on the account takes no credit; a bank also refuses it a
 * reversal. Throws when there is no such account.
 */
export async function closeAccount(db: LedgerDb, account: string) {
  await db
    .prepare("INSERT INTO closed VALUES (?) ON CONFLICT DO NOTHING")
    .run(account);
}

/** From now on the account takes credits again. */
export async function reopenAccount(db: LedgerDb, account: string) {
  await db.prepare("DELETE FROM closed WHERE account = ?").run(account);
}
// #endregion close-account

// #region balances
/** What each account holds, in cents: the sum of its entries. */
export async function balances(db: LedgerDb) {
  const sql = `SELECT account, SUM(amount_cents) AS cents
    FROM entries GROUP BY account ORDER BY account`;
  const rows = (await db.prepare(sql).all()) as Balance[];
  for (const { cents } of rows) assertCents(cents);
  return rows;
}
type Balance = { account: string; cents: number };

/** All the money, in cents: put in at the start, and held now. */
export async function audit(db: LedgerDb) {
  const sql = `SELECT
      COALESCE(SUM(amount_cents) FILTER (WHERE kind = 'seed'), 0)
        AS "seededCents",
      COALESCE(SUM(amount_cents), 0) AS "heldCents"
    FROM entries`;
  const sums = (await db.prepare(sql).get()) as Audit;
  assertCents(sums.seededCents);
  assertCents(sums.heldCents);
  return sums;
}
type Audit = { seededCents: number; heldCents: number };
// #endregion balances

/** What one transfer did, in the order in which it did it. */
export async function entriesOf(db: LedgerDb, transferId: string) {
  const sql = `SELECT op_id AS "opId", transfer_id AS "transferId",
      account, amount_cents AS "amountCents", kind
    FROM entries WHERE transfer_id = ? ORDER BY rowid`;
  return (await db.prepare(sql).all(transferId)) as Entry[];
}

function assertCents(value: number): void {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`not a whole, safe number of cents: ${value}`);
}

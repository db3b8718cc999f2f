import type { LedgerDb } from "../ledger.ts";
import type { Answered, Operation } from "./operation.ts";
import { LOSSES } from "./tables.ts";

// #region decide
/**
 * Decides once, and keeps the answer under the operation's key, with
 * the entry, in one statement. Gives the answer that is kept, which is
 * another operation's if that came first under this key.
 */
export function decide(db: LedgerDb, operation: Operation) {
  return keep(
    db,
    operation,
    `CASE
      WHEN account NOT IN (SELECT id FROM accounts)
        THEN 'there is no account ' || account
      WHEN kind <> 'debit' AND account IN (SELECT account FROM closed)
        THEN 'account ' || account || ' is closed'
      WHEN kind IN ('reversal', 'write-off') AND 1 <> (
          SELECT COUNT(*) FROM entries
          WHERE entries.transfer_id = asked.transfer_id
            AND entries.kind IN ('debit', 'reversal', 'write-off'))
        THEN 'nothing of ' || transfer_id || ' is there to undo'
      WHEN kind IN ('reversal', 'write-off') AND NOT EXISTS (
          SELECT 1 FROM entries
          WHERE entries.transfer_id = asked.transfer_id
            AND entries.kind = 'debit'
            AND entries.amount_cents = -asked.amount_cents
            AND asked.account = CASE asked.kind
              WHEN 'reversal' THEN entries.account ELSE '${LOSSES}' END)
        THEN 'that is not what ' || transfer_id || ' has debited'
      WHEN kind = 'debit' AND account <> '${LOSSES}'
        AND amount_cents > (
          SELECT COALESCE(SUM(held.amount_cents), 0)
          FROM entries AS held WHERE held.account = asked.account)
        THEN 'account ' || account || ' holds too little'
    END`,
  );
}

/**
 * Closes a key. If the operation was made, the answer says so.
 * Otherwise a no is kept, and whoever asks later hears that.
 */
export function voidKey(db: LedgerDb, operation: Operation) {
  return keep(db, operation, "'voided before it was made'");
}
// #endregion decide

// #region keep
async function keep(db: LedgerDb, asked: Operation, refusal: string) {
  const { key, transferId, account, amountCents, kind, note } = asked;
  await db
    .prepare(
      `WITH asked
         (key, transfer_id, account, amount_cents, kind, note)
         AS (VALUES (?, ?, ?, ?, ?, ?))
       INSERT INTO answers
         (key, transfer_id, account, amount_cents, kind, note, refused)
       SELECT key, transfer_id, account, amount_cents, kind, note,
         ${refusal}
       FROM asked WHERE true
       ON CONFLICT (key) DO NOTHING`,
    )
    .run(key, transferId, account, amountCents, kind, note ?? null);
  const row = await db
    .prepare(`SELECT ${COLUMNS} FROM answers WHERE key = ?`)
    .get(key);
  return answered(row as Row);
}

const COLUMNS = `key, transfer_id AS transferId, account,
  amount_cents AS amountCents, kind, note, refused, at_ms AS atMs`;
type Row = Omit<Operation, "note"> & {
  note: string | null;
  refused: string | null;
  atMs: number;
};

function answered({ note, refused, ...row }: Row): Kept {
  const same = { ...row, ...(note !== null && { note }) };
  return refused === null
    ? { ...same, outcome: "made" }
    : { ...same, outcome: "refused", reason: refused };
}
export type Kept = Answered & { atMs: number };
// #endregion keep

// #region statement
/** All that was answered up to then, in the order of time. */
export async function statement(db: LedgerDb, untilMs: number) {
  const rows = await db
    .prepare(
      `SELECT ${COLUMNS} FROM answers WHERE at_ms <= ? ORDER BY rowid`,
    )
    .all(untilMs);
  return (rows as Row[]).map(answered);
}
// #endregion statement

import {
  assertLedger,
  type Entry,
  type EntryFor,
  type LedgerDb,
} from "../ledger.ts";

/** Under ids that are asked for, the ledger has something else. */
export class OperationConflict extends Error {
  constructor(message: string) {
    super(message);
    this.name = "OperationConflict"; // a checkpoint loses the class
  }
}

// #region which-of
/**
 * Says which of these ends the ledger has, entry by entry, or none of
 * them. Throws `OperationConflict` when it has anything else under one
 * of their ids, and another error on another ledger than theirs.
 */
export async function whichOf<End extends string>(
  db: LedgerDb,
  ends: Record<End, EntryFor[]>,
): Promise<End | undefined> {
  const names = Object.keys(ends) as End[];
  const asked = names.flatMap((name) => ends[name]);
  const sql = `SELECT ledger.id, op_id AS "opId", account,
      amount_cents AS "amountCents", kind
    FROM ledger LEFT JOIN entries
      ON op_id IN (${asked.map(() => "?")})`;
  const opIds = asked.map(({ opId }) => opId);
  const rows = (await db.prepare(sql).all(...opIds)) as Row[];
  for (const row of rows) assertLedger(row, `${asked[0]?.ledgerId}`);
  const made = rows.filter(({ opId }) => opId !== null);
  if (!made.length) return undefined;
  const end = names.find((name) => isSame(ends[name], made));
  if (end) return end;
  throw new OperationConflict(differenceOf(asked, made));
}
// #endregion which-of

type Made = Omit<Entry, "transferId">;
type Row = Made & { id: string };

// #region difference
const said = ({ kind, account, amountCents }: Made) =>
  `a ${kind} of ${amountCents} cents, ${account}`;

const isIn = (made: Made[]) => (one: Made) =>
  made.some((it) => it.opId === one.opId && said(it) === said(one));

function isSame(asked: Made[], made: Made[]): boolean {
  return asked.length === made.length && asked.every(isIn(made));
}

/** Names both versions of an entry that is not as it is asked for. */
function differenceOf(asked: Made[], made: Made[]): string {
  const others = asked.filter((one) => !isIn(made)(one));
  for (const one of others) {
    const it = made.find(({ opId }) => opId === one.opId);
    if (!it) continue;
    const { opId } = it;
    return `${opId} is asked for as ${said(one)}: it is ${said(it)}`;
  }
  return `there is only a part: ${made.map(said).join(" and ")}`;
}
// #endregion difference

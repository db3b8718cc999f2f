import * as v from "valibot";
import { Answered } from "../bank/operation.ts";
import type { LedgerDb } from "../ledger.ts";
import type { Bank } from "./ask-bank.ts";
import type { Choice } from "./decision.ts";

// #region parks
/** A transfer that waits for a person, and what that person may say. */
export interface Park {
  park: string;
  transferId: string;
  bank: string;
  account: string;
  amountCents: number;
  key: string;
  /** What was answered last, or why nothing more is asked. */
  reason: string;
  choices: Choice[];
  sinceMs: number;
}

/** All that is parked now, in the order in which it was. */
export async function openParks(parked: LedgerDb): Promise<Park[]> {
  const sql = `SELECT park, transfer_id AS transferId, bank, account,
      amount_cents AS amountCents, key, reason, choices,
      at_ms AS sinceMs
    FROM parked
    WHERE (park, run) NOT IN (SELECT park, run FROM decisions)
    ORDER BY rowid`;
  const rows = (await parked.prepare(sql).all()) as Row[];
  return rows.map((row) => ({
    ...row,
    choices: choicesIn(row.choices),
  }));
}
type Row = Omit<Park, "choices"> & { choices: string };

/** The choices, as `park` has written them. */
export function choicesIn(text: string): Choice[] {
  return text.split(", ") as Choice[];
}
// #endregion parks

// #region open-transfers
const Statement = v.array(
  v.intersect([Answered, v.object({ atMs: v.number() })]),
);

/**
 * The transfers whose cents do not come out even, by the statements of
 * all banks: debited, and neither credited, reversed nor written off,
 * or more than once. Those that began later than `untilMs` are left
 * out: they may be on their way. A run that was canceled, or that no
 * engine knows any more, is among them. Give every bank: with one
 * missing, all transfers to it are listed. Throws when one does not
 * answer.
 */
export async function openTransfers(banks: Bank[], untilMs: number) {
  const statements = await Promise.all(banks.map(statementOf));
  const open = new Map<string, { cents: number; sinceMs: number }>();
  for (const each of statements.flat()) {
    if (each.outcome !== "made") continue;
    const { transferId, kind, amountCents, atMs } = each;
    const { cents = 0, sinceMs = atMs } = open.get(transferId) ?? {};
    open.set(transferId, {
      cents: cents + (kind === "debit" ? amountCents : -amountCents),
      sinceMs: Math.min(sinceMs, atMs),
    });
  }
  return [...open]
    .map(([transferId, rest]) => ({ transferId, ...rest }))
    .filter(({ cents, sinceMs }) => cents !== 0 && sinceMs <= untilMs);
}

async function statementOf({ url, fetch, timeLimitMs }: Bank) {
  const until = Number.MAX_SAFE_INTEGER;
  const response = await fetch(
    new Request(`${url}/statement?until=${until}`, {
      signal: AbortSignal.timeout(timeLimitMs),
    }),
  );
  return v.parse(Statement, await response.json());
}
// #endregion open-transfers

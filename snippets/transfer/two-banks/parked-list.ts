import * as v from "valibot";
import { Answered } from "../bank/operation.ts";
import type { LedgerDb } from "../ledger.ts";
import type { Bank } from "./ask-bank.ts";

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
  choices: string;
  sinceMs: number;
}

/** All that is parked now, in the order in which it was. */
export async function openParks(parked: LedgerDb): Promise<Park[]> {
  const sql = `SELECT park, transfer_id AS transferId, bank, account,
      amount_cents AS amountCents, key, reason, choices,
      at_ms AS sinceMs
    FROM parked
    WHERE park NOT IN (SELECT park FROM decisions) ORDER BY rowid`;
  return (await parked.prepare(sql).all()) as Park[];
}
// #endregion parks

// #region open-debits
const Statement = v.array(
  v.intersect([Answered, v.object({ atMs: v.number() })]),
);

/**
 * The debits until then that nothing has followed, by the statements of
 * all banks: neither credit, reversal nor write-off. A run that was
 * canceled, or that no engine knows any more, is among them. Give
 * every bank: with one missing, all transfers to it are listed. Throws
 * when one does not answer.
 */
export async function openDebits(banks: Bank[], untilMs: number) {
  const made = (
    await Promise.all(banks.map((bank) => statementOf(bank)))
  )
    .flat()
    .filter(({ outcome }) => outcome === "made");
  const followed = new Set(
    made
      .filter(({ kind }) => kind !== "debit")
      .map(({ transferId }) => transferId),
  );
  return made.filter(
    ({ kind, transferId, atMs }) =>
      kind === "debit" && atMs <= untilMs && !followed.has(transferId),
  );
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
// #endregion open-debits

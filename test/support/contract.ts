import { expect } from "vitest";
import { openAccounts } from "#snippets/support/bank.ts";
import { balances } from "#snippets/transfer/accounts.ts";
import type { LedgerDb } from "#snippets/transfer/ledger.ts";
import { type Ledger, ledgers, type Transaction } from "./ledgers.ts";

export const names = Object.keys(ledgers);
/** A page has one connection: nothing else can be under way there. */
export const shared = names.filter((name) => name !== "SQLite in a page");

/** A ledger with the accounts of most examples. */
export async function open(name: string) {
  const ledger = (await ledgers[name]?.()) as Ledger;
  await openAccounts(ledger.db);
  return {
    db: ledger.db,
    begin: async () => ledger.begin?.() as Promise<Transaction>,
  };
}

export async function held(db: LedgerDb) {
  const rows = await balances(db);
  return Object.fromEntries(rows.map(({ account, cents }) => [account, cents]));
}

/** Whether it was done, and not refused because another came first. */
export const isDone = (what: Promise<unknown>) =>
  what.then(
    () => true,
    () => false,
  );

/** Until this is done, or waits for a transaction that is under way. */
export async function underWay(db: LedgerDb, what: Promise<unknown>) {
  let isOver = false;
  const over = () => {
    isOver = true;
  };
  what.then(over, over);
  const waiting = db.prepare(
    "SELECT COUNT(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'",
  );
  const isWaiting = async () => ((await waiting.get()) as { n: number }).n > 0;
  await expect.poll(async () => isOver || (await isWaiting())).toBe(true);
}

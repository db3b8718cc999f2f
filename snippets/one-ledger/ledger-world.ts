import type { OpenDatabase, Scenario } from "../crash/scenario.ts";
import {
  openTransferWorld,
  type TransferWorld,
} from "../crash-matrix/transfer-world.ts";
import { alicePaysBob } from "../support/bank.ts";
import { balances, openAccount } from "../transfer/accounts.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import { close, earn, events, reopen, spend } from "./events.ts";

// #region paths
const either = ["committed", "refused"];
const any = ["committed", "compensated", "refused"];

/** What alice has, and what bob's account does. */
export const paths: Scenario<TransferWorld>["paths"] = {
  "alice has enough": { ends: ["committed"] },
  "alice has too little": { before: [spend], ends: ["refused"] },
  "alice has enough, then too little": {
    before: [earn, spend],
    ends: either,
  },
  "alice has too little, then enough": {
    before: [spend, earn],
    ends: either,
  },
  "bob's account is closed": { before: [close], ends: ["compensated"] },
  "bob's account opens again": {
    before: [close, reopen],
    ends: ["committed", "compensated"],
  },
  "at any time": { ends: any, events: Object.keys(events) },
};
// #endregion paths

// #region ledger-world
/**
 * Alice pays bob 50.00. Each end leaves these entries, and no account
 * may ever hold less than nothing. What else may never be seen in the
 * ledger, `isWrong` says.
 */
export async function openLedgerWorld(
  openDatabase: OpenDatabase,
  ends: Record<string, readonly string[]>,
  isWrong: (db: LedgerDb) => Promise<string | undefined> = async () =>
    undefined,
): Promise<TransferWorld> {
  const order = alicePaysBob("t1");
  const world = await openTransferWorld(openDatabase, order, ends);
  const { db, services, check } = world;
  await openAccount(db, "carol", 0);
  const seen = new Set<string>();
  return {
    ...world,
    services: {
      async ledger(method, args) {
        const answer = await services["ledger"]?.(method, args);
        const below = await overdrawn(db);
        if (below) seen.add(`${below.account} held ${below.cents}`);
        const wrong = await isWrong(db);
        if (wrong) seen.add(wrong);
        return answer;
      },
    },
    happen: (event) => events[event]?.(world),
    async check(answer) {
      if (seen.size) throw new Error([...seen].join(", "));
      return check(answer);
    },
  };
}

/** An account that holds less than nothing, if there is one. */
export async function overdrawn(db: LedgerDb) {
  return (await balances(db)).find(({ cents }) => cents < 0);
}
// #endregion ledger-world

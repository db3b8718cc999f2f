import { type Game, type Meeting, NTH } from "../crash-lab/game.ts";
import { snapshot } from "../crash-lab/snapshot.ts";
import { balances } from "../transfer/accounts.ts";
import { LOSSES } from "../transfer/bank/tables.ts";
import { BankWorld } from "../two-banks/bank-world.ts";
import type { Saga } from "../two-banks/employ.ts";
import { without } from "../two-banks/guards.ts";
import { atRandom, meetings } from "../two-banks/meetings.ts";
import { openBanks, sumsOf } from "../two-banks/open-banks.ts";
import { order, scenario, workOf } from "../two-banks/scenario.ts";
import type { Subject } from "./subject.ts";

// #region two-banks
/** The saga of two banks that lacks a guard, or one of your own. */
export function twoBanks(
  guard?: string,
  own?: Saga,
): Subject<BankWorld> {
  const { saga, answers } = without(guard);
  const gameOf = (meeting: Meeting<BankWorld>): Game<BankWorld> => ({
    scenario: {
      ...scenario,
      steps: NTH,
      work: workOf(own ?? saga),
      async open(openDatabase) {
        const stores = await openBanks(openDatabase);
        const world = new BankWorld(order, stores, answers);
        await meeting.first?.(world);
        return world;
      },
    },
    meeting,
    far: ["east", "west"],
    moneyIn,
    snapshotOf: async ({ world, server, history }) => {
      const { east, west } = world.stores;
      const all = await snapshot([east, west], server, history);
      const shown = all.balances.filter(
        ({ account, cents }) => account !== LOSSES || cents > 0,
      );
      return { ...all, balances: shown };
    },
  });
  return { meetings, atRandom, gameOf };
}

/** What both banks hold, once all that was held has come. */
async function moneyIn({ links, stores }: BankWorld) {
  for (const link of Object.values(links)) await link.arrive();
  const { seededCents, heldCents } = await sumsOf(stores);
  const held = await balances(stores.west);
  const bob = held.find(({ account }) => account === "bob");
  return { cents: heldCents - seededCents, bobCents: bob?.cents ?? 0 };
}
// #endregion two-banks

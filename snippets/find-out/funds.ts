import { type Game, type Meeting, NTH } from "../crash-lab/game.ts";
import { ledgerGame } from "../crash-lab/lab-scenario.ts";
import type {
  Saga,
  TransferWorld,
} from "../crash-matrix/transfer-world.ts";
import { sagaWithout } from "../one-ledger/guards.ts";
import {
  openLedgerWorld,
  overdrawn,
} from "../one-ledger/ledger-world.ts";
import { atRandom, meetings } from "../one-ledger/meetings.ts";
import { AMOUNT_CENTS, type Subject } from "./subject.ts";

// #region funds
/** The saga that looks for funds, less a guard, or one of your own. */
export function funds(
  without?: string,
  own?: Saga,
): Subject<TransferWorld> {
  const saga = own ?? sagaWithout(without);
  const ordered = { amountCents: AMOUNT_CENTS };
  function gameOf(
    meeting: Meeting<TransferWorld>,
  ): Game<TransferWorld> {
    const game = ledgerGame(meeting, ordered, { saga, steps: NTH });
    return {
      ...game,
      scenario: {
        ...game.scenario,
        async open(openDatabase) {
          const world = await openLedgerWorld(openDatabase, {});
          await meeting.first?.(world);
          return world;
        },
      },
      async moneyIn(world) {
        const money = await game.moneyIn(world);
        return { ...money, below: await overdrawn(world.db) };
      },
    };
  }
  return { meetings, atRandom, gameOf };
}
// #endregion funds

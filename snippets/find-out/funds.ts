import type { OpenDatabase } from "../crash/scenario.ts";
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
  return fundsIn(
    { meetings, atRandom },
    own ?? sagaWithout(without),
    (openDatabase) => openLedgerWorld(openDatabase, {}),
  );
}

/** This saga, where no account may be overdrawn, in such a world. */
export function fundsIn(
  situations: Omit<Subject<TransferWorld>, "gameOf">,
  saga: Saga,
  open: (openDatabase: OpenDatabase) => Promise<TransferWorld>,
): Subject<TransferWorld> {
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
          const world = await open(openDatabase);
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
  return { ...situations, gameOf };
}
// #endregion funds

import type {
  Saga,
  TransferWorld,
} from "../crash-matrix/transfer-world.ts";
import { sagaWithout } from "../in-transit/guards.ts";
import { meetings } from "../in-transit/meetings.ts";
import {
  openSteadyWorld,
  type SteadyWorld,
} from "../in-transit/steady-world.ts";
import { atRandom } from "../one-ledger/meetings.ts";
import { fundsIn } from "./funds.ts";
import type { Subject } from "./subject.ts";

// #region in-transit
/** The saga through the account in transit, less a guard, or yours. */
export function inTransit(
  without?: string,
  own?: Saga,
): Subject<TransferWorld> {
  const subject = fundsIn(
    { meetings, atRandom },
    own ?? sagaWithout(without),
    (openDatabase) => openSteadyWorld(openDatabase, {}),
  );
  return {
    ...subject,
    gameOf(meeting) {
      const game = subject.gameOf(meeting);
      return {
        ...game,
        async moneyIn(world) {
          const uneven = (world as SteadyWorld).uneven();
          return { ...(await game.moneyIn(world)), uneven };
        },
      };
    },
  };
}
// #endregion in-transit

import { workOf } from "../changing/versions.ts";
import { transferWithLimit } from "../changing/with-limit.ts";
import type {
  Saga,
  TransferWorld,
} from "../crash-matrix/transfer-world.ts";
import { inTransit } from "./in-transit.ts";
import type { Subject } from "./subject.ts";

// #region changed
/** The first worker has the saga with the limit, all others yours. */
export function changed(
  _without?: string,
  own: Saga = transferWithLimit,
): Subject<TransferWorld> {
  const subject = inTransit(undefined, own);
  return {
    ...subject,
    gameOf(meeting) {
      const game = subject.gameOf(meeting);
      const sagas = [transferWithLimit];
      return {
        ...game,
        scenario: {
          ...game.scenario,
          work: (options, call) =>
            workOf({ 1: sagas.shift() ?? own })(options, call),
        },
      };
    },
  };
}
// #endregion changed

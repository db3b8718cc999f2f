import { NTH } from "../crash-lab/game.ts";
import { ledgerGame } from "../crash-lab/lab-scenario.ts";
import { meetings } from "../crash-lab/meetings.ts";
import type {
  Saga,
  TransferWorld,
} from "../crash-matrix/transfer-world.ts";
import { AMOUNT_CENTS, type Subject } from "./subject.ts";

// #region one-ledger
/** The saga of one ledger that lacks a guard, or one of your own. */
export function oneLedger(
  without?: string,
  own?: Saga,
): Subject<TransferWorld> {
  const ordered = { amountCents: AMOUNT_CENTS, without };
  // No guard of this saga stops a late call to an account that reopens.
  const { reopens: _, ...tried } = meetings;
  const atRandom = ["open", "closed"].map((name) => [
    name,
    tried[name],
  ]);
  return {
    meetings: tried,
    atRandom: Object.fromEntries(atRandom),
    gameOf: (meeting) =>
      ledgerGame(meeting, ordered, own && { saga: own, steps: NTH }),
  };
}
// #endregion one-ledger

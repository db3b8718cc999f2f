import type { Saga } from "../crash-matrix/transfer-world.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import { type Plot, play } from "./play.ts";

// #region row
/** One thing that is taken away: what happens, and what differs. */
export interface Row {
  happens: string;
  plot: Plot;
  without?: Saga;
  withoutPlot?: Plot;
  /** What is done to the ledger first. */
  alter?: (db: LedgerDb) => Promise<void>;
}

/** Plays what happens, as it is and without. */
export async function playBoth({ plot, ...row }: Row) {
  const { without, withoutPlot = plot, alter } = row;
  return {
    asItIs: await play(undefined, plot),
    without: await play(without, withoutPlot, alter),
  };
}
// #endregion row

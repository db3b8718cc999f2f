import type { Saga } from "../crash-matrix/start-worker.ts";
import { openBank } from "../support/open-bank.ts";
import { type Plot, play } from "./scene.ts";

// #region row
/** One thing that is taken away: what happens, and what differs. */
export interface Row {
  happens: string;
  plot: Plot;
  without?: Saga;
  withoutPlot?: Plot;
  openWithout?: typeof openBank;
}

/** Plays what happens, as it is and without. */
export async function playBoth({ plot, ...row }: Row) {
  const { without, withoutPlot = plot, openWithout = openBank } = row;
  return {
    asItIs: await play(undefined, plot),
    without: await play(without, withoutPlot, openWithout),
  };
}
// #endregion row

import type { OpenDatabase } from "../crash/scenario.ts";
import { gameOf, type Own } from "./lab-scenario.ts";
import type { Plan } from "./plan.ts";
import { type Played, play } from "./play.ts";

// #region play-out
/** Plays a plan of the lab, with its saga, or with your own. */
export function playOut(
  openDatabase: OpenDatabase,
  plan: Plan,
  own?: Own,
): Promise<Played> {
  return play(gameOf(plan, own), plan.faults, openDatabase);
}
// #endregion play-out

import type { Path, World } from "../crash/scenario.ts";
import type { Game, Meeting } from "../crash-lab/game.ts";

// #region subject
/** What is searched: a saga that lacks something, and all it meets. */
export interface Subject<W extends World = World> {
  /** The situations, by name. Each is tried. */
  meetings: Record<string, Meeting<W>>;
  /** Those where schedules are drawn, and what may happen there. */
  atRandom: Record<string, Meeting<W> & Pick<Path, "events">>;
  gameOf(meeting: Meeting<W>): Game<W>;
}
// #endregion subject

/** What is moved: 50.00. */
export const AMOUNT_CENTS = 50_00;

import type { OpenDatabase, World } from "../crash/scenario.ts";
import type { Meeting } from "../crash-lab/game.ts";
import { loadDatabase } from "../crash-lab/load-database.ts";
import { type Frame, record } from "../crash-lab/record.ts";
import { find, type InWords } from "./find.ts";
import type { Schedule } from "./schedule.ts";
import type { Subject } from "./subject.ts";

/** What a page is told: how far it is, or what came of it. */
export type Report =
  | { tried: number; known: number }
  | { tried: number; drawn: number; found?: Shown }
  | { problem: string };

/** What was found, and what there is to see of it, if it has a
 * schedule. */
export interface Shown extends InWords {
  frames: Frame[];
}

// #region search
/** Searches in a worker of a page, over SQLite as WebAssembly. */
export async function search<W extends World>(
  wasm: ArrayBuffer,
  open: () => Subject<W>,
  tell: (told: Report) => void,
) {
  try {
    const openDatabase = await loadDatabase(wasm);
    const subject = open();
    const progress = (tried: number, known: number) =>
      tell({ tried, known });
    const all = await find(subject, openDatabase, progress);
    const { found, ...how } = all;
    if (!found) return tell(how);
    const { schedule } = found;
    const frames = schedule
      ? await replay(subject, schedule, openDatabase)
      : [];
    tell({ ...how, found: { ...found, frames } });
  } catch (error) {
    tell({ problem: (error as Error).message });
  }
}

/** Plays once more what was found, and records it. */
export function replay<W extends World>(
  { meetings, gameOf }: Subject<W>,
  { meets, faults }: Schedule,
  openDatabase: OpenDatabase,
): Promise<Frame[]> {
  const meeting = meetings[meets] as Meeting<W>;
  return record(gameOf(meeting), faults, openDatabase);
}
// #endregion search

import type { OpenDatabase, World } from "../crash/scenario.ts";
import type { Meeting } from "../crash-lab/game.ts";
import { loadDatabase } from "../crash-lab/load-database.ts";
import { type Frame, record } from "../crash-lab/record.ts";
import { find, type InWords } from "./find.ts";
import type { Schedule } from "./schedule.ts";
import type { Subject } from "./subject.ts";

/** What a page is told: how far it is, what came of it, and then what
 * there is to see of that. */
export type Report =
  | { tried: number; known: number }
  | { tried: number; drawn: number; found?: InWords }
  | { frames: Frame[] }
  | { problem: string };

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
    const how = await find(subject, openDatabase, progress);
    tell(how);
    const { schedule } = how.found ?? {};
    if (!schedule) return;
    const frames = await replay(subject, schedule, openDatabase);
    tell({ frames });
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

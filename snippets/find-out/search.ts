import { loadDatabase } from "../crash-lab/load-database.ts";
import { type Frame, record } from "../crash-lab/record.ts";
import { find, type InWords } from "./find.ts";
import type { Lacks } from "./find-shortest.ts";

/** What a page is told: how far it is, or what came of it. */
export type Report =
  | { tried: number; known: number }
  | { tried: number; drawn: number; found?: Shown }
  | { problem: string };

/** What was found, and what there is to see of it, if it has a plan. */
export interface Shown extends InWords {
  frames: Frame[];
}

// #region search
/** Searches in a worker of a page, over SQLite as WebAssembly. */
export async function search(
  wasm: ArrayBuffer,
  lacks: () => Lacks,
  tell: (told: Report) => void,
) {
  try {
    const openDatabase = await loadDatabase(wasm);
    const each = lacks();
    const progress = (tried: number, known: number) =>
      tell({ tried, known });
    const { found, ...how } = await find(each, openDatabase, progress);
    if (!found) return tell(how);
    const frames = found.plan
      ? await record(openDatabase, found.plan, each.own)
      : [];
    tell({ ...how, found: { ...found, frames } });
  } catch (error) {
    tell({ problem: (error as Error).message });
  }
}
// #endregion search

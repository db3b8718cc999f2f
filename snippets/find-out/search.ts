import { loadDatabase } from "../crash-lab/load-database.ts";
import { playOut } from "../crash-lab/play-out.ts";
import { story } from "../crash-lab/story.ts";
import { find, type InWords } from "./find.ts";
import type { Lacks } from "./find-shortest.ts";

/** What a page is told: how far it is, or what came of it. */
export type Report =
  | { tried: number; known: number }
  | { tried: number; drawn: number; found?: Told }
  | { problem: string };

/** What was found, and all that happens in it, as sentences. */
export interface Told extends InWords {
  story: string[];
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
    const told = { ...found, story: await storyOf(found.plan) };
    tell({ ...how, found: told });

    async function storyOf(plan: InWords["plan"]) {
      if (!plan) return [];
      const played = await playOut(openDatabase, plan, each.own);
      return story({ ...played, answers: [played.answer] });
    }
  } catch (error) {
    tell({ problem: (error as Error).message });
  }
}
// #endregion search

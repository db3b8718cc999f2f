import { loadDatabase } from "../crash-lab/load-database.ts";
import { playOut } from "../crash-lab/play-out.ts";
import { story } from "../crash-lab/story.ts";
import {
  type Found,
  findShortest,
  type Lacks,
} from "./find-shortest.ts";
import { inWords } from "./in-words.ts";

/** What a page is told: how far it is, or what came of it. */
export type Report =
  | { tried: number; known: number }
  | { tried: number; found?: FoundInWords }
  | { problem: string };

/** What was found, and all that happens in it, as sentences. */
export interface FoundInWords extends Found {
  words: string[];
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
    const { tried, found } = await findShortest(
      each,
      openDatabase,
      progress,
    );
    if (!found) return tell({ tried });
    const played = await playOut(openDatabase, found.plan, each.own);
    const told = story({ ...played, answers: [played.answer] });
    const words = inWords(found);
    tell({ tried, found: { ...found, words, story: told } });
  } catch (error) {
    tell({ problem: (error as Error).message });
  }
}
// #endregion search

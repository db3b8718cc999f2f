import type { OpenDatabase } from "../crash/scenario.ts";
import type { Plan } from "../crash-lab/plan.ts";
import { DRAWN, findAtRandom } from "./find-at-random.ts";
import { findShortest, type Lacks } from "./find-shortest.ts";
import { drawnInWords, inWords } from "./in-words.ts";

/** What was found, as sentences, of which the last one has the harm,
 * and its plan, if the crash lab can play it. */
export interface InWords {
  words: string[];
  plan?: Plan;
}

// #region find
/**
 * Looks for harm: all schedules of up to two faults, and, when none of
 * them does any, such as are drawn at random. Tells how many were tried
 * and how many are known of so far.
 */
export async function find(
  lacks: Lacks,
  openDatabase: OpenDatabase,
  progress: (tried: number, known: number) => void,
): Promise<{ tried: number; drawn: number; found?: InWords }> {
  const shortest = await findShortest(lacks, openDatabase, progress);
  const { tried, found } = shortest;
  if (found) {
    const { plan } = found;
    return { tried, drawn: 0, found: { words: inWords(found), plan } };
  }
  const random = await findAtRandom(lacks, openDatabase, (drawn) =>
    progress(tried + drawn, tried + Math.max(DRAWN, drawn)),
  );
  const drawn = random.tried;
  const words = random.found && drawnInWords(random.found);
  return {
    tried: tried + drawn,
    drawn,
    ...(words && { found: { words } }),
  };
}
// #endregion find

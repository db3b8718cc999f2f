import type { OpenDatabase, World } from "../crash/scenario.ts";
import { DRAWN, findAtRandom } from "./find-at-random.ts";
import { findShortest } from "./find-shortest.ts";
import { drawnInWords, inWords } from "./in-words.ts";
import type { Schedule } from "./schedule.ts";
import type { Subject } from "./subject.ts";

/** What was found, as sentences, of which the last one has the harm,
 * and its schedule, if it can be played again. */
export interface InWords {
  words: string[];
  schedule?: Schedule;
}

// #region find
/**
 * Looks for harm: all schedules of up to two faults, and, when none of
 * them does any, such as are drawn at random. Tells how many were tried
 * and how many are known of so far.
 */
export async function find<W extends World>(
  subject: Subject<W>,
  openDatabase: OpenDatabase,
  progress: (tried: number, known: number) => void,
): Promise<{ tried: number; drawn: number; found?: InWords }> {
  const shortest = await findShortest(subject, openDatabase, progress);
  const { tried, found } = shortest;
  if (found) {
    const { schedule } = found;
    const words = inWords(found, subject.meetings);
    return { tried, drawn: 0, found: { words, schedule } };
  }
  const random = await findAtRandom(subject, openDatabase, (drawn) =>
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

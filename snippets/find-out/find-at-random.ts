import fc from "fast-check";
import { type Fault, faultsOn, suffer } from "../crash/faults.ts";
import { orStuck } from "../crash/run-schedule.ts";
import type { OpenDatabase, World } from "../crash/scenario.ts";
import { Simulation } from "../crash/simulation.ts";
import { heard } from "../crash-lab/answer.ts";
import type { Meeting } from "../crash-lab/game.ts";
import { harmIn } from "./harm-of.ts";
import type { Subject } from "./subject.ts";

/** How many schedules are drawn, in how many lanes at a time. */
export const DRAWN = 320;
const LANES = 16;

/** What happens to two workers, and the harm that comes of it. */
export interface Drawn {
  says: string;
  faults: Fault[];
  harm: string;
}

// #region find-at-random
/** Both have taken the transfer: the lease of the first has passed. */
const BOTH: Fault[] = [
  ["message", 0],
  ["answered", 0],
  ["lease passed", 0],
  ["message", 1],
  ["answered", 1],
];

/**
 * Has two workers make the transfer, to which up to 60 faults happen,
 * drawn at random. Gives the first schedule that does harm, shortened,
 * or none.
 */
export async function findAtRandom<W extends World>(
  { atRandom, gameOf }: Subject<W>,
  openDatabase: OpenDatabase,
  progress: (tried: number) => void,
): Promise<{ tried: number; found?: Drawn }> {
  let tried = 0;
  async function harmBy(meeting: Meeting<W>, faults: Fault[]) {
    const { scenario, moneyIn } = gameOf(meeting);
    const path = { ends: meeting.ends };
    const run = await Simulation.begin(scenario, path, openDatabase);
    const end = orStuck(heard(run.end));
    try {
      await suffer(scenario, run, end, faults, () => {});
      const money = await moneyIn(run.world);
      return harmIn(meeting, { ...money, answer: await end });
    } finally {
      await run.close();
      progress(++tried);
    }
  }
  const meetingOf = (name: string) => atRandom[name] as Meeting<W>;
  const drawn = faultsOn(atRandom).map(
    ([name, faults]): [string, Fault[]] => [name, [...BOTH, ...faults]],
  );
  const isRight = fc.asyncProperty(drawn, async ([name, faults]) => {
    const harm = await harmBy(meetingOf(name), faults);
    if (harm) throw new Error(harm);
  });
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    fc.check(isRight, { seed: lane + 1, numRuns: DRAWN / LANES }),
  );
  for (const { counterexample, errorInstance } of await Promise.all(
    lanes,
  )) {
    if (!counterexample) continue;
    const [[name, faults]] = counterexample;
    const { says } = meetingOf(name);
    const { message: harm } = errorInstance as Error;
    return { tried, found: { says, faults, harm } };
  }
  return { tried };
}
// #endregion find-at-random

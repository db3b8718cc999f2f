import pMap from "p-map";
import type { OpenDatabase, World } from "../crash/scenario.ts";
import type { Meeting } from "../crash-lab/game.ts";
import { play } from "../crash-lab/play.ts";
import { harmIn } from "./harm-of.ts";
import { countIn, nextOf, type Schedule } from "./schedule.ts";
import type { Subject } from "./subject.ts";

/** A schedule that does harm, and the cents that it makes, or loses if
 * below 0. */
export interface Found {
  schedule: Schedule;
  faults: number;
  calls: number;
  cents: number;
  harm: string;
}

// #region find-shortest
/**
 * The schedule of the fewest faults that does harm, or none: one that
 * makes or loses money, if there is one, and of those, the one of the
 * fewest calls. A fault is a worker that stops, a message that is lost,
 * late or repeated, or a change after the start. Tries all of up to
 * `most`, and tells of each how many were tried, of how many of up to
 * this number of faults.
 */
export async function findShortest<W extends World>(
  { meetings, gameOf }: Subject<W>,
  openDatabase: OpenDatabase,
  progress: (tried: number, known: number) => void,
  most = 2,
): Promise<{ tried: number; found?: Found }> {
  const byFaults: Schedule[][] = [
    Object.keys(meetings).map((meets) => ({ meets, faults: [] })),
  ];
  let tried = 0;
  let known = byFaults.flat().length;
  for (let faults = 0; faults <= most; faults += 1) {
    const one = async (schedule: Schedule) => {
      const meeting = meetings[schedule.meets] as Meeting<W>;
      const game = gameOf(meeting);
      const played = await play(game, schedule.faults, openDatabase);
      progress(++tried, known);
      const { history, cents } = played;
      const harm = harmIn(meeting, played) ?? "";
      const calls = history.length;
      const found: Found = { schedule, faults, calls, cents, harm };
      const next = nextOf(schedule, history, game.far).map((each) => ({
        each,
        ...countIn(each.faults, meeting),
      }));
      return { found, next };
    };
    const schedules = byFaults[faults] ?? [];
    const played = await pMap(schedules, one, { concurrency: 16 });
    const [found] = played
      .map((each) => each.found)
      .filter(({ harm }) => harm)
      .sort(
        (a, b) =>
          Number(!a.cents) - Number(!b.cents) || a.calls - b.calls,
      );
    if (found) return { tried, found };
    const next = played.flatMap((each) => each.next);
    for (const { each, faults, unmet } of next) {
      // With no change it is the same as where there is none to meet.
      if (faults === most && unmet) continue;
      byFaults[faults] ??= [];
      byFaults[faults].push(each);
    }
    known = tried + (byFaults[faults + 1]?.length ?? 0);
  }
  return { tried };
}
// #endregion find-shortest

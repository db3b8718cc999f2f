import pMap from "p-map";
import { type CrashPoint, pointsOf } from "../crash/crash-point.ts";
import type { OpenDatabase, Scenario } from "../crash/scenario.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { type Meeting, meetings } from "./guards.ts";
import { playOut } from "./play-out.ts";

/** A schedule, and the cents that it makes, or loses if below 0. */
export interface Found {
  meeting: string;
  deaths: CrashPoint[];
  faults: number;
  calls: number;
  cents: number;
}
interface Try {
  meeting: string;
  deaths: CrashPoint[];
}

// #region find-shortest
/**
 * The schedule of the fewest faults, and then of the fewest calls, that
 * leaves the accounts with other than what was seeded. A fault is a
 * death, or a change between two workers. Tries all of up to `most`.
 */
export async function findShortest(
  scenario: Scenario<TransferWorld>,
  openDatabase: OpenDatabase,
  progress: (tried: number) => void,
  most = 2,
): Promise<{ tried: number; found?: Found }> {
  let tried = 0;
  const byFaults: Try[][] = [
    Object.keys(meetings).map((meeting) => ({ meeting, deaths: [] })),
  ];
  for (let faults = 0; faults <= most; faults += 1) {
    const one = async ({ meeting, deaths }: Try) => {
      const met = meetings[meeting] as Meeting;
      const { history, cents } = await playOut(
        scenario,
        met,
        deaths,
        openDatabase,
      );
      progress(++tried);
      const calls = history.length;
      const number = deaths.length + 1; // of the worker that finished
      const last = history.filter(({ worker }) => worker === number);
      const next = pointsOf(last).map((point) => ({
        meeting,
        deaths: [...deaths, point],
      }));
      const nextFaults = number + (met.second ? 1 : 0);
      const found = { meeting, deaths, faults, calls, cents };
      return { found, next, nextFaults };
    };
    const tries = byFaults[faults] ?? [];
    const played = await pMap(tries, one, { concurrency: 16 });
    const [found] = played
      .map((each) => each.found)
      .filter(({ cents }) => cents !== 0)
      .sort((a, b) => a.calls - b.calls);
    if (found) return { tried, found };
    for (const { next, nextFaults } of played) {
      byFaults[nextFaults] ??= [];
      byFaults[nextFaults].push(...next);
    }
  }
  return { tried };
}
// #endregion find-shortest

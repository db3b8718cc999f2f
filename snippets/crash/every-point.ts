import pMap from "p-map";
import { type CrashPoint, pointsOf } from "./crash-point.ts";
import { type Place, runSchedule } from "./run-schedule.ts";
import type { Scenario, World } from "./scenario.ts";
import type { Simulation } from "./simulation.ts";

/** A death of the first worker: what it left, and what followed. */
export interface Row {
  path: string;
  point: CrashPoint;
  /** What was written by then, and the record of each step. */
  written: string[];
  steps: string[];
  end: string;
  /** How many second deaths followed, and how those runs ended. */
  pairs: Record<string, number>;
}

// #region crash-at
/**
 * Kills a worker at this point, and then, from the start, at this point
 * and its successor at each point of what is left.
 */
export async function crashAt<W extends World>(
  scenario: Scenario<W>,
  path: string,
  point: CrashPoint,
  place: Place,
  killed: () => void,
): Promise<Row> {
  let found = { written: [] as string[], steps: [] as string[] };
  const look = async (run: Simulation<W>) => {
    killed();
    const states = [...(await run.server.states())];
    const steps = states.filter(([id]) => id !== scenario.id);
    found = {
      written: await run.world.written(),
      steps: steps.map(([, state]) => state),
    };
  };
  const alone = await runSchedule(scenario, path, [point], place, look);
  const rest = alone.history.filter(({ worker }) => worker === 2);
  const pairs: Record<string, number> = {};
  for (const second of pointsOf(rest)) {
    const points = [point, second];
    const count = async () => killed();
    const { end } = await runSchedule(
      scenario,
      path,
      points,
      place,
      count,
    );
    pairs[end] = (pairs[end] ?? 0) + 1;
  }
  return { path, point, ...found, end: alone.end, pairs };
}
// #endregion crash-at

// #region every-point
/**
 * Every point of each path, and every pair. Workers of `place` die;
 * `here` finds the points. Gives what was found wrong, and a row for
 * each first death of which nothing was.
 */
export async function everyPoint<W extends World>(
  scenario: Scenario<W>,
  here: Place,
  place: Place,
  progress: (kills: number) => void,
) {
  const firsts: { path: string; point: CrashPoint }[] = [];
  for (const path of Object.keys(scenario.paths)) {
    const { history } = await runSchedule(scenario, path, [], here);
    for (const point of pointsOf(history)) firsts.push({ path, point });
  }
  let kills = 0;
  const killed = () => progress(++kills);
  const violations: string[] = [];
  const rows = await pMap(
    firsts,
    async ({ path, point }) => {
      try {
        return [await crashAt(scenario, path, point, place, killed)];
      } catch (error) {
        violations.push((error as Error).message);
        return [];
      }
    },
    { concurrency: 3 },
  );
  const all = rows.flat();
  const ends = all.flatMap((row) => Object.values(row.pairs));
  const pairs = ends.reduce((sum, count) => sum + count, 0);
  return {
    points: firsts.length,
    pairs,
    kills,
    rows: all,
    violations,
  };
}
// #endregion every-point

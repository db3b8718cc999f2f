import { type CrashPoint, fateAt, notReached } from "./crash-point.ts";
import type { Moment } from "./history.ts";
import type { OpenDatabase, Scenario, World } from "./scenario.ts";
import { Simulation } from "./simulation.ts";
import type { Worker } from "./wire.ts";

// #region schedule
/** Where runs are simulated, in Node or in a page. */
export interface Place {
  openDatabase: OpenDatabase;
  /** A worker that has done nothing yet. */
  next: () => Worker;
}

/**
 * One run, whose first worker dies at the first of the points, the next
 * one at the second, and so on, until one is left to finish. `landed`
 * is called after each death, before the next worker. Throws unless the
 * end is one that the path may have.
 */
export async function runSchedule<W extends World>(
  scenario: Scenario<W>,
  path: string,
  points: readonly CrashPoint[],
  { openDatabase, next }: Place,
  landed?: (simulation: Simulation<W>) => Promise<void>,
): Promise<{ end: string; history: Moment[] }> {
  const way = scenario.paths[path];
  if (!way) throw new Error(`the scenario has no path ${path}`);
  const run = await Simulation.begin(scenario, way, openDatabase);
  const { history, server } = run;
  const end = orStuck(run.end);
  try {
    for (const point of points) {
      const before = history.length;
      const fateOf = ({ name }: Moment) => fateAt(point, name);
      await run.work(next(), fateOf, end);
      const last = history.at(-1);
      if (!last || last.fate === "answered")
        throw notReached(point, history.slice(before));
      await landed?.(run);
      await server.passLease();
    }
    await run.work(next(), () => "answered", end);
    await end;
    return { end: await run.check(), history };
  } catch (cause) {
    const where = `${path}, ${points.join(", then ") || "no crash"}`;
    const { message } = cause as Error;
    throw new Error(`${where}: ${message}`, { cause });
  } finally {
    await run.close();
  }
}

const ENOUGH = 20_000; // milliseconds

/** The end, or an error when there is none. */
export function orStuck<T>(end: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  AbortSignal.timeout(ENOUGH).addEventListener("abort", () =>
    reject(new Error("it does not end")),
  );
  const either = Promise.race([end, promise]);
  either.catch(() => {}); // whoever waits for it hears
  return either;
}
// #endregion schedule

import { onTestFinished } from "vitest";
import type { CrashPoint } from "#snippets/crash/crash-point.ts";
import type { Moment } from "#snippets/crash/history.ts";
import { runSchedule } from "#snippets/crash/run-schedule.ts";
import type { Scenario } from "#snippets/crash/scenario.ts";
import { Simulation } from "#snippets/crash/simulation.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { scenario } from "#snippets/crash-matrix/scenario.ts";
import type { TransferWorld } from "#snippets/crash-matrix/transfer-world.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";

export const openDatabase = () => openLedger();
/** With workers that have no thread: they start at once. */
export const here = (each: Pick<Scenario, "work"> = scenario) => ({
  openDatabase,
  next: () => startInProcess(each),
});

/** A transfer on this path, which has no worker yet. */
export async function begin(path = "accepts") {
  const way = scenario.paths[path] ?? { ends: [] };
  const run = await Simulation.begin(scenario, way, openDatabase);
  onTestFinished(() => run.close());
  return run;
}

/** A transfer on this path, whose workers die at these points. */
export const schedule = (path: string, ...points: CrashPoint[]) =>
  runSchedule(scenario, path, points, here());

/** The scenario, with a worker that is built so. */
export const working = (work: Scenario["work"]): Scenario<TransferWorld> => ({
  ...scenario,
  work,
});

/** What a worker called for, by name. */
export const namesOf = (history: Moment[], number = 1) =>
  history.filter(({ worker }) => worker === number).map(({ name }) => name);

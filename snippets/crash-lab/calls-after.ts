import type { Moment } from "../crash/history.ts";
import { runSchedule } from "../crash/run-schedule.ts";
import type { OpenDatabase } from "../crash/scenario.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import { pathOf, scenarioOf } from "./lab-scenario.ts";
import type { Plan } from "./plan.ts";

// #region calls-after
/**
 * All that a worker calls for, if those before it died like this: found
 * by going through it, with workers that have no thread. Throws when
 * one of them does not get to where it is to die.
 */
export async function callsAfter(
  openDatabase: OpenDatabase,
  plan: Plan,
): Promise<Moment[]> {
  const scenario = scenarioOf(plan);
  const { history } = await runSchedule(
    scenario,
    pathOf(plan),
    plan.deaths,
    { openDatabase, next: () => startInProcess(scenario) },
  );
  const number = plan.deaths.length + 1;
  return history.filter(({ worker }) => worker === number);
}
// #endregion calls-after

import fc from "fast-check";
import { faultsOn, kinds, runFaults } from "./faults.ts";
import type { OpenDatabase, Scenario, World } from "./scenario.ts";

const LANES = 16; // at a time, each with a seed of its own

// #region random-faults
/**
 * So many schedules, drawn at random, from this seed on. Workers are
 * left, and not killed. Gives how often each fault and each end
 * happened, and what was found wrong, with the shortest schedule that
 * shows it.
 */
export async function randomFaults<W extends World>(
  scenario: Scenario<W>,
  firstSeed: number,
  openDatabase: OpenDatabase,
  progress: (schedules: number) => void,
  count = 10_000,
) {
  const events = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  let schedules = 0;
  const drawn = faultsOn(scenario.paths);
  const property = fc.asyncProperty(drawn, async (each) => {
    await runFaults(scenario, each, openDatabase, (what) => {
      events[what] = (events[what] ?? 0) + 1;
    });
    progress(++schedules);
  });
  const violations: string[] = [];
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const seed = firstSeed + lane;
    const numRuns = Math.ceil(count / LANES); // whole, or it never ends
    const details = await fc.check(property, { seed, numRuns });
    if (details.failed)
      violations.push(
        `${details.errorInstance}\n${fc.defaultReportMessage(details)}`,
      );
  });
  await Promise.all(lanes);
  return { schedules, firstSeed, events, violations };
}
// #endregion random-faults

import fc from "fast-check";
import { checkInLanes } from "./check-in-lanes.ts";
import { faultsOn, kinds, runFaults } from "./faults.ts";
import type { OpenDatabase, Scenario, World } from "./scenario.ts";

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
  const violations = await checkInLanes(property, firstSeed, count);
  return { schedules, firstSeed, events, violations };
}
// #endregion random-faults

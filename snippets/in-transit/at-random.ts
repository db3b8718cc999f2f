import fc from "fast-check";
import { checkInLanes } from "../crash/check-in-lanes.ts";
import type { Saga } from "../crash-matrix/transfer-world.ts";
import { faults, threeAtOnce } from "./three-at-once.ts";

// #region at-random
/**
 * Three transfers at once, so many times, from this seed on: each with
 * a schedule of its own, drawn at random. Gives how many there were,
 * how often each fault and each end happened, and what was found wrong.
 */
export async function threeAtRandom(
  saga: Saga,
  firstSeed: number,
  times: number,
  progress: (schedules: number) => void,
) {
  const seen: Record<string, number> = {};
  let schedules = 0;
  const drawn = fc.tuple(faults, faults, faults);
  const property = fc.asyncProperty(drawn, async (each) => {
    await threeAtOnce(saga, each, (what) => {
      seen[what] = (seen[what] ?? 0) + 1;
    });
    schedules += each.length;
    progress(schedules);
  });
  const violations = await checkInLanes(property, firstSeed, times);
  return { schedules, seen, violations };
}
// #endregion at-random

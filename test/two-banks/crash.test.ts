import fc from "fast-check";
import { expect, test } from "vitest";
import { pointsOf } from "#snippets/crash/crash-point.ts";
import { faultsOn, kinds, runFaults } from "#snippets/crash/faults.ts";
import { runSchedule } from "#snippets/crash/run-schedule.ts";
import { events } from "#snippets/two-banks/events.ts";
import { paths } from "#snippets/two-banks/paths.ts";
import { scenario } from "#snippets/two-banks/scenario.ts";
import { here, openDatabase } from "../support/two-banks.ts";

const SCHEDULES = Number(process.env["SCHEDULES"] ?? 100);

test.for(Object.keys(paths))(
  "killed at any single point, a transfer between banks ends as it should where %s",
  { timeout: 120_000 },
  async (path) => {
    const whole = await runSchedule(scenario, path, [], here);
    expect(whole.history.length).toBeGreaterThan(4);
    for (const point of pointsOf(whole.history))
      await runSchedule(scenario, path, [point], here);
  },
);

test("late requests, lost answers, outages, closed accounts and two workers at once: both banks together hold what was put in, and only what a person is needed for is parked", {
  timeout: 120_000,
}, async () => {
  const seen = new Set<string>();
  const property = fc.asyncProperty(faultsOn(scenario.paths), (each) =>
    runFaults(scenario, each, openDatabase, (what) => seen.add(what)),
  );
  await fc.assert(property, { seed: 1, numRuns: SCHEDULES });
  for (const what of [...kinds, ...Object.keys(events)])
    expect(seen).toContain(what);
  for (const status of ["committed", "compensated", "refused", "written off"])
    expect([...seen].join()).toContain(status);
});

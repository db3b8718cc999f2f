import { expect, test } from "vitest";
import { everyPoint } from "#snippets/crash/every-point.ts";
import { randomFaults } from "#snippets/crash/random-faults.ts";
import { runSchedule } from "#snippets/crash/run-schedule.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { scenario, steady } from "#snippets/in-transit/scenario.ts";
import { events as happen } from "#snippets/one-ledger/events.ts";
import { transferWithinLedger } from "#snippets/transfer/one-ledger/saga.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";

const SCHEDULES = Number(process.env["SCHEDULES"] ?? 1_008);

const openDatabase = () => openLedger();
const here = (each: typeof scenario) => ({
  openDatabase,
  next: () => startInProcess(each),
});

test("killed at any point and at any pair of points, a transfer through the account in transit ends right, and at every instant all accounts hold what was put in", {
  timeout: 120_000,
}, async () => {
  const place = here(scenario);
  const found = await everyPoint(scenario, place, place, () => {});
  expect(found.violations).toEqual([]);
  expect(found.points).toBeGreaterThan(80);
  expect(found.pairs).toBeGreaterThan(1_000);
  const ends = found.rows.flatMap((row) => Object.keys(row.pairs));
  expect([...new Set(ends)].toSorted()).toEqual([
    "committed",
    "compensated",
    "refused",
  ]);
});

test("without the account in transit the scenario sees that all accounts hold too little", async () => {
  const without = steady(transferWithinLedger, {
    committed: ["debit", "credit"],
  });
  await expect(
    runSchedule(without, "alice has enough", [], here(without)),
  ).rejects.toThrow("all differ by -5000 cents");
});

test("whatever happens to two workers, and to the money meanwhile, a transfer through the account in transit ends right, and at every instant all accounts hold what was put in", {
  timeout: 240_000,
}, async () => {
  const { events, schedules, violations } = await randomFaults(
    scenario,
    1,
    openDatabase,
    () => {},
    SCHEDULES,
  );
  expect(violations).toEqual([]);
  expect(schedules).toBeGreaterThanOrEqual(SCHEDULES);
  for (const what of [
    "arrived",
    ...Object.keys(happen),
    "ended refused",
    "ended compensated",
  ])
    expect(events[what], what).toBeGreaterThan(SCHEDULES / 20);
});

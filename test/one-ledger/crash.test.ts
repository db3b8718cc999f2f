import { expect, test } from "vitest";
import { everyPoint } from "#snippets/crash/every-point.ts";
import { randomFaults } from "#snippets/crash/random-faults.ts";
import { runSchedule } from "#snippets/crash/run-schedule.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { events as happen } from "#snippets/one-ledger/events.ts";
import { sagaWithout } from "#snippets/one-ledger/guards.ts";
import { scenario, scenarioOf } from "#snippets/one-ledger/scenario.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";

const SCHEDULES = Number(process.env["SCHEDULES"] ?? 1_008);

const openDatabase = () => openLedger();
const here = (each: typeof scenario) => ({
  openDatabase,
  next: () => startInProcess(each),
});
const everywhere = (each: typeof scenario) =>
  everyPoint(each, here(each), here(each), () => {});
const atRandom = (each: typeof scenario) =>
  randomFaults(each, 1, openDatabase, () => {}, SCHEDULES);

test("killed at any point and at any pair of points, a transfer from an account that may hold too little ends right: committed, compensated, or refused with its no and nothing else", {
  timeout: 120_000,
}, async () => {
  const { rows, points, pairs, violations } = await everywhere(scenario);
  expect(violations).toEqual([]);
  expect(points).toBeGreaterThan(80);
  expect(pairs).toBeGreaterThan(1_000);
  const ends = new Set(rows.flatMap((row) => Object.keys(row.pairs)));
  expect([...ends].toSorted()).toEqual(["committed", "compensated", "refused"]);
});

test("an account that is overdrawn for a moment is found out by the scenario", async () => {
  const unasked = scenarioOf(sagaWithout("check"), { committed: [] });
  const path = "alice has too little";
  await expect(runSchedule(unasked, path, [], here(unasked))).rejects.toThrow(
    "alice held -5000",
  );
});

test("a debit that looks first and is killed when it has written says no when it is asked again, and the money is gone", {
  timeout: 120_000,
}, async () => {
  const flawed = scenarioOf(sagaWithout("one-statement"), { refused: [] });
  const path = "alice has enough, then too little";
  const ends = flawed.paths[path];
  if (!ends) throw new Error("there is no such path");
  const { violations } = await everywhere({
    ...flawed,
    paths: { [path]: ends },
  });
  expect(violations).toContain(
    "alice has enough, then too little, after:write-debit: it refused, and the ledger has debit",
  );
});

test("whatever happens to two workers, and to the money meanwhile, a transfer ends right, and no account is overdrawn", {
  timeout: 240_000,
}, async () => {
  const { events, schedules, violations } = await atRandom(scenario);
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

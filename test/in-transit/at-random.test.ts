import { expect, test } from "vitest";
import { threeAtRandom } from "#snippets/in-transit/at-random.ts";
import { sagaWithout } from "#snippets/in-transit/guards.ts";
import { events } from "#snippets/one-ledger/events.ts";
import { transferInTransit } from "#snippets/transfer/in-transit/saga.ts";
import { run } from "../support/run.ts";

test("whatever happens to three transfers at once in one ledger, each by two workers: each ends right, no account is overdrawn, and at every instant all accounts hold what was put in", {
  timeout: 120_000,
}, async () => {
  const found = await threeAtRandom(transferInTransit, 1, 320, () => {});
  expect(found.violations).toEqual([]);
  expect(found.schedules).toBeGreaterThanOrEqual(960);
  const ends = ["committed", "compensated", "refused"];
  for (const what of [
    ...["arrived", "lease passed", "refused", ...Object.keys(events)],
    ...ends.map((end) => `ended ${end}`),
  ])
    expect(found.seen[what], what).toBeGreaterThan(50);
});

test("three transfers at once whose rows are made by two statements are found out", {
  timeout: 60_000,
}, async () => {
  const byTwo = sagaWithout("both-rows");
  const { violations } = await threeAtRandom(byTwo, 1, 16, () => {});
  expect(violations[0]).toContain("all differ by");
});

test("npm run at-random says how many schedules it drew, and refuses a number that is none", {
  timeout: 60_000,
}, async () => {
  const program = "snippets/in-transit/run-at-random.ts";
  const { stdout, ...rest } = await run([program, "--times", "16"]);
  expect(rest).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/^48 schedules, from seed 1 on\n/);
  expect(stdout).toMatch(/\n0 violations\n$/);
  const wrong = await run([program, "--times", "many"]);
  expect(wrong.stderr).toBe("--times takes no many\n");
});

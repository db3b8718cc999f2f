import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { scenario as asyncScenario } from "#snippets/async-engine/scenario.ts";
import { everyPoint } from "#snippets/crash/every-point.ts";
import { scenario as flawed } from "#snippets/crash-matrix/flawed-scenario.ts";
import { writeReport } from "#snippets/crash-matrix/write-report.ts";
import { here } from "../support/simulate.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** A worker that dies in its path, in the words of the program. */
const shortest = (violations: string[]) =>
  violations.toSorted((a, b) => a.length - b.length)[0];

test("a saga with a flaw is found out, by the shortest schedule, and a sound one is not", async () => {
  const place = here(flawed);
  const found = await everyPoint(flawed, place, place, () => {});
  expect(found.points).toBe(16);
  expect(shortest(found.violations)).toBe(
    "accepts, after:write-debit: it committed, and the ledger has debit, debit, credit",
  );

  const { accepts = { ends: [] } } = asyncScenario.paths;
  const sound = { ...asyncScenario, paths: { accepts } };
  const other = here(sound);
  expect(await everyPoint(sound, other, other, () => {})).toMatchObject({
    points: 16,
    violations: [],
  });
});

test("a report is written where there is none, and over one of the same scenario, and not over another's", () => {
  const file = join(temporaryFolder(), "report.json");
  const read = () => JSON.parse(readFileSync(file, "utf8"));
  expect(writeReport(file, "a.ts", { points: 1 })).toBe(true);
  expect(read()).toEqual({ scenario: "a.ts", points: 1 });
  expect(writeReport(file, "b.ts", { points: 2 })).toBe(false);
  expect(read()).toEqual({ scenario: "a.ts", points: 1 });
  expect(writeReport(file, "a.ts", { points: 3 })).toBe(true);
  expect(read()).toEqual({ scenario: "a.ts", points: 3 });
});

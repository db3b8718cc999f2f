import { expect, test } from "vitest";
import { scenario as asyncScenario } from "#snippets/async-engine/scenario.ts";
import { everyPoint } from "#snippets/crash/every-point.ts";
import { scenario as flawed } from "#snippets/crash-matrix/flawed-scenario.ts";
import { here } from "../support/simulate.ts";

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

import { expect, test } from "vitest";
import { guards } from "#snippets/crash-lab/guards.ts";
import { fromLink, type Plan, toLink } from "#snippets/crash-lab/plan.ts";
import { playOut } from "#snippets/crash-lab/play-out.ts";
import { findShortest } from "#snippets/find-out/find-shortest.ts";
import { openDatabase } from "./support/simulate.ts";

/** Faults and cents of the shortest schedule for each guard. */
const shortest = {
  yield: [0, -50_00],
  order: [0, 50_00],
  "same-ids": [1, -50_00],
  "unique-key": [1, -50_00],
  look: [2, 50_00],
  catch: [0, -50_00],
  never: [0, -50_00],
};

/** The same, with one fault fewer: a stop, or a change. */
function fewer(plan: Plan): Plan[] {
  const { meets, faults } = plan;
  const without = faults.map((_, nth) => faults.toSpliced(nth, 1));
  const unchanged = { closes: "open", opens: "closed" }[meets];
  return [
    ...without.map((faults) => ({ ...plan, faults })),
    ...(unchanged ? [{ ...plan, meets: unchanged }] : []),
  ];
}

const centsOf = async (plan: Plan) => (await playOut(openDatabase, plan)).cents;

test.concurrent.for(Object.keys(guards))(
  "without a guard the search finds money made or lost, by a schedule that with one fault fewer does no harm: %s",
  { timeout: 120_000 },
  async (guard) => {
    const { found } = await findShortest(
      { without: guard },
      openDatabase,
      () => {},
    );
    if (!found) throw new Error("nothing found");
    const { faults, cents, plan } = found;
    expect([faults, cents]).toEqual(shortest[guard as keyof typeof shortest]);
    expect(await centsOf(fromLink(toLink(plan)))).toBe(cents);
    for (const each of fewer(plan)) expect(await centsOf(each)).toBe(0);
  },
);

test("with all guards the search finds nothing, in all schedules of up to two faults", {
  timeout: 120_000,
}, async () => {
  const known: number[] = [];
  const { tried, found } = await findShortest({}, openDatabase, (_, all) =>
    known.push(all),
  );
  expect(found).toBeUndefined();
  expect(tried).toBeGreaterThan(500);
  expect(known).toHaveLength(tried);
  expect(known.at(-1)).toBe(tried);
});

test("three faults are too many for the saga of one ledger: a credit that comes late, to an account that was closed in between, makes money", async () => {
  const plan = fromLink("amount=5000&meets=wavers&fault=held:write-credit");
  expect(await centsOf(plan)).toBe(50_00);
  for (const meets of ["open", "closed", "closes", "opens"])
    expect(await centsOf({ ...plan, meets }), meets).toBe(0);
});

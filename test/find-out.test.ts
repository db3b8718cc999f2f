import { expect, test } from "vitest";
import { findShortest } from "#snippets/find-out/find-shortest.ts";
import { guards, meetings, without } from "#snippets/find-out/guards.ts";
import { playOut } from "#snippets/find-out/play-out.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";

/** Faults, calls and cents of the shortest schedule for each guard. */
const shortest = {
  "yield*": [0, -50_00],
  order: [0, 50_00],
  "same ids": [1, -50_00],
  "unique key": [1, -50_00],
  look: [2, 50_00],
  catch: [0, -50_00],
  Never: [0, -50_00],
};

const find = (guard?: string) =>
  findShortest(
    without(guard),
    () => openLedger(),
    () => {},
  );

test.concurrent.for(Object.keys(guards))(
  "without a guard the search finds money made or lost, by a schedule that with one fault fewer does no harm: %s",
  async (guard) => {
    const { found } = await find(guard);
    if (!found) throw new Error("nothing found");
    const { faults, cents, deaths, meeting } = found;
    expect([faults, cents]).toEqual(shortest[guard as keyof typeof shortest]);
    const met = meetings[meeting] ?? {};
    const fewer = [
      ...deaths.map((_, nth) => ({ met, deaths: deaths.toSpliced(nth, 1) })),
      ...(met.second ? [{ met: { ...met, second: () => {} }, deaths }] : []),
    ];
    for (const { met, deaths } of fewer) {
      const scenario = without(guard);
      const played = await playOut(scenario, met, deaths, () => openLedger());
      expect(played.cents).toBe(0);
    }
  },
);

test("with all guards the search finds nothing, in all schedules of up to two faults", async () => {
  const { tried, found } = await find();
  expect(found).toBeUndefined();
  expect(tried).toBeGreaterThan(500);
});

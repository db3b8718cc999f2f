import { expect, test } from "vitest";
import { find } from "#snippets/find-out/find.ts";
import { findShortest } from "#snippets/find-out/find-shortest.ts";
import { inTransit } from "#snippets/find-out/in-transit.ts";
import { guards } from "#snippets/in-transit/guards.ts";
import { openDatabase } from "../support/simulate.ts";

/** Faults, and the harm of the shortest schedule for each guard. */
const shortest = {
  "both-rows": [0, "For a moment, 50.00 missing."],
  "same-order": [0, "The account in-transit holds -30.00."],
};

test.for(Object.keys(guards))(
  "of the saga through the account in transit, the search finds without a guard money missing for a moment, or the account in transit overdrawn: %s",
  { timeout: 60_000 },
  async (guard) => {
    const subject = inTransit(guard);
    const { found } = await findShortest(subject, openDatabase, () => {});
    expect([found?.faults, found?.harm]).toEqual(
      shortest[guard as keyof typeof shortest],
    );
  },
);

test("of the saga through the account in transit, the search finds nothing with all guards, in all schedules of up to two faults, and in those that are drawn", {
  timeout: 120_000,
}, async () => {
  const { tried, drawn, found } = await find(
    inTransit(),
    openDatabase,
    () => {},
  );
  expect(found).toBeUndefined();
  expect(tried - drawn).toBeGreaterThan(500);
});

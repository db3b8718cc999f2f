import { expect, test } from "vitest";
import { find } from "#snippets/find-out/find.ts";
import { findShortest } from "#snippets/find-out/find-shortest.ts";
import { funds } from "#snippets/find-out/funds.ts";
import { guards } from "#snippets/one-ledger/guards.ts";
import { openDatabase } from "../support/simulate.ts";

/** Faults, cents, and the harm of the shortest schedule for each guard. */
const shortest = {
  check: [0, 0, "The account alice holds -50.00."],
  "one-statement": [2, -50_00, "50.00 missing."],
  "kept-no": [2, -50_00, "50.00 missing."],
  "closed-id": [2, 50_00, "50.00 too much."],
};

test.for(Object.keys(guards))(
  "of a saga that looks for funds, the search finds without a guard an account overdrawn, or money made or lost: %s",
  { timeout: 60_000 },
  async (guard) => {
    const { found } = await findShortest(funds(guard), openDatabase, () => {});
    const { faults, cents, harm } = found ?? {};
    expect([faults, cents, harm]).toEqual(
      shortest[guard as keyof typeof shortest],
    );
  },
);

test("of a saga that looks for funds, the search finds nothing with all guards, in all schedules of up to two faults, and in those that are drawn", {
  timeout: 120_000,
}, async () => {
  const { tried, drawn, found } = await find(funds(), openDatabase, () => {});
  expect(found).toBeUndefined();
  expect(tried - drawn).toBeGreaterThan(500);
});

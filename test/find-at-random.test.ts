import { expect, test, vi } from "vitest";
import { find } from "#snippets/find-out/find.ts";
import { subjects } from "#snippets/find-out/subjects.ts";
import { openDatabase } from "./support/simulate.ts";

// As if all schedules of up to two faults had done no harm.
vi.mock("#snippets/find-out/find-shortest.ts", () => ({
  findShortest: async () => ({ tried: 5 }),
}));

test.concurrent.for([
  ["yield", "one-ledger"],
  ["same-ids", "one-ledger"],
  ["unique-key", "one-ledger"],
  ["catch", "one-ledger"],
  ["asks-again", "two-banks"],
] as const)(
  "two workers at once make or lose money, too, without a guard: %s",
  async ([without, of]) => {
    const told: number[][] = [];
    const progress = (...how: number[]) => told.push(how);
    const how = await find(
      subjects[of].without(without),
      openDatabase,
      progress,
    );
    const { tried, drawn, found } = how;
    expect(found?.schedule).toBeUndefined();
    expect(found?.words[0]).toMatch(/ Two workers\.$/);
    expect(found?.words.slice(1, 6)).toEqual([
      "Worker 1 is offered the transfer.",
      "Worker 1 makes its next call.",
      "The lease passes.",
      "Worker 2 is offered the transfer.",
      "Worker 2 makes its next call.",
    ]);
    expect(found?.words.at(-1)).toMatch(/^50\.00 (missing|too much)\.$/);
    expect(tried).toBe(5 + drawn);
    const nth = Array.from({ length: drawn }, (_, at) => 5 + at + 1);
    expect(told.map(([now]) => now)).toEqual(nth);
    for (const [now = 0, known = 0] of told)
      expect(now).toBeLessThanOrEqual(known);
  },
);

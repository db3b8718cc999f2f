import fc from "fast-check";
import { expect, test } from "vitest";
import { stopsAt } from "#snippets/crash/crash-point.ts";
import { guards } from "#snippets/crash-lab/guards.ts";
import { meetings } from "#snippets/crash-lab/meetings.ts";
import { fromLink, type Plan, toLink } from "#snippets/crash-lab/plan.ts";
import { playOut } from "#snippets/crash-lab/play-out.ts";
import { story } from "#snippets/crash-lab/story.ts";
import { namesOf, openDatabase } from "../support/simulate.ts";

test("where the next worker may die is found by going through the transfer, and a point that is not reached is an error", async () => {
  const after = async (meets: string, ...faults: Plan["faults"]) => {
    const plan = { amountCents: 1, meets, faults };
    const { history } = await playOut(openDatabase, plan);
    return namesOf(history, faults.length + 1);
  };
  expect(await after("open")).toHaveLength(8);
  expect(await after("closed")).toHaveLength(12);
  const unrecorded = "after:write-debit";
  expect((await after("open", unrecorded)).slice(0, 4)).toEqual([
    "take-run",
    "write-debit",
    "read-debit",
    "record-debit",
  ]);
  expect(await after("open", unrecorded, "after:record-debit")).toEqual([
    "take-run",
    "begin-credit",
    "write-credit",
    "record-credit",
    "record-result",
  ]);
  expect(await after("open", "after:record-result")).toEqual([]);
  await expect(after("open", "after:write-reversal")).rejects.toThrow(
    "no worker gets to after:write-reversal",
  );
});

test("a link gives back the plan that it was made of, and what carries none is refused", () => {
  const stop = fc.constantFrom("before", "after", "held", "frozen");
  const call = fc.constantFrom("take-run", "write-debit", "read-credit#12");
  const plan: fc.Arbitrary<Plan> = fc.record({
    amountCents: fc.integer({ min: 1, max: 200_00 }),
    meets: fc.constantFrom(...Object.keys(meetings)),
    without: fc.constantFrom(undefined, ...Object.keys(guards)),
    faults: fc.array(
      fc.tuple(stop, call).map(([when, name]) => `${when}:${name}` as const),
    ),
  });
  expect(
    toLink({ amountCents: 1, meets: "closed", faults: ["after:take-run"] }),
  ).toBe("amount=1&meets=closed&fault=after:take-run");
  fc.assert(
    fc.property(plan, (each) => {
      expect(fromLink(toLink(each))).toEqual(each);
    }),
    { seed: 1 },
  );
  expect(fromLink("amount=20000").amountCents).toBe(200_00);
  const wrong = {
    "amount must be cents, up to 20000": [
      "",
      "amount=",
      "amount=0",
      "amount=-1",
      "amount=1.5",
      "amount=a",
      "amount=20001",
      "amount=0x10",
      "amount=1e3",
    ],
    "there is no point": [
      "amount=1&fault=1",
      "amount=1&fault=5-before",
      "amount=1&fault=before",
      "amount=1&fault=write-debit",
      "amount=1&fault=never:write-debit",
      "amount=1&fault=xbefore:write-debit",
      "amount=1&fault=after:write-debit:2",
    ],
    "meets must be one of open, closed,": [
      "amount=1&meets=",
      "amount=1&meets=bob",
      "amount=1&meets=toString",
    ],
    "without must be one of yield, order,": ["amount=1&without=key"],
    "a link has no bob, but amount, meets,": ["amount=1&bob=closed"],
  };
  for (const [problem, links] of Object.entries(wrong))
    for (const link of links) {
      expect(() => fromLink(link), link).toThrow(RangeError);
      expect(() => fromLink(link), link).toThrow(problem);
    }
});

test("a link can name each point at which the saga without a guard can stop, and words are found for it", async () => {
  for (const without of Object.keys(guards))
    for (const meets of Object.keys(meetings)) {
      const plan = { amountCents: 1, meets, without, faults: [] };
      const { history, answer } = await playOut(openDatabase, plan);
      const faults = stopsAt(history);
      expect(fromLink(toLink({ ...plan, faults })).faults).toEqual(faults);
      const told = story({ history, answers: [answer] }).join("\n");
      expect(told).not.toMatch(/the [.,]|undefined/);
      if (meets === "carol") expect(told).not.toContain("bob's closed");
    }
});

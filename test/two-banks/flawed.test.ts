import fc from "fast-check";
import { expect, test } from "vitest";
import { faultsOn, runFaults } from "#snippets/crash/faults.ts";
import type { Scenario } from "#snippets/crash/scenario.ts";
import type { BankWorld } from "#snippets/two-banks/bank-world.ts";
import { events } from "#snippets/two-banks/events.ts";
import { scenario as forgetsRefusals } from "#snippets/two-banks/flawed/forgets-refusals.ts";
import { scenario as givesUp } from "#snippets/two-banks/flawed/gives-up.ts";
import { scenario as hasty } from "#snippets/two-banks/flawed/hasty.ts";
import { scenario as otherKey } from "#snippets/two-banks/flawed/other-key.ts";
import { openDatabase } from "../support/two-banks.ts";

/** The shortest schedule at which money is made or lost. */
async function shortest(flawed: Scenario<BankWorld>) {
  const property = fc.asyncProperty(faultsOn(flawed.paths), (each) =>
    runFaults(flawed, each, openDatabase, () => {}),
  );
  const found = await fc.check(property, { seed: 3, numRuns: 2_000 });
  const [example] = found.counterexample ?? [];
  const what = example?.[1].map(([event]) => event);
  return { what, says: `${found.errorInstance}` };
}

test("a saga that takes a lost answer for a no is found out, by one lost answer", async () => {
  const { what, says } = await shortest(hasty);
  expect(what).toHaveLength(1);
  expect(says).toMatch(/20000 cents are now (15000|25000)$/);
});

test("a saga that gives up without closing the key is found out, by as many faults as it has tries", async () => {
  const { what, says } = await shortest({
    ...givesUp,
    paths: {
      outage: {
        ends: ["committed", "compensated", "refused"],
        events: Object.keys(events).filter((it) => it.startsWith("to west")),
      },
    },
  });
  expect(what?.filter((event) => event.startsWith("to west"))).toHaveLength(2);
  expect(says).toContain("20000 cents are now 25000");
});

test("a saga that asks again under another key is found out, by one lost answer", async () => {
  const { what, says } = await shortest(otherKey);
  expect(what).toHaveLength(1);
  expect(says).toContain("20000 cents are now 25000");
});

test("a bank that forgets its refusals is found out, by requests that are held", async () => {
  const { says } = await shortest({
    ...forgetsRefusals,
    paths: {
      held: {
        ends: ["committed", "parked, then committed"].flatMap((end) => [
          end,
          end.replace("committed", "compensated"),
        ]),
        events: Object.keys(events).filter((it) => it.includes("west")),
      },
    },
  });
  expect(says).toContain("20000 cents are now 25000");
});

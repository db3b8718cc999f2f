import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { fateAt, pointsOf } from "#snippets/crash/crash-point.ts";
import { faultsOn, kinds, runFaults } from "#snippets/crash/faults.ts";
import type { Moment } from "#snippets/crash/history.ts";
import { runSchedule } from "#snippets/crash/run-schedule.ts";
import type { Scenario } from "#snippets/crash/scenario.ts";
import { alicePaysBob } from "#snippets/two-banks/alice-pays-bob.ts";
import { BankWorld } from "#snippets/two-banks/bank-world.ts";
import {
  closeAlice,
  closeBob,
  events,
  reopenAlice,
  reopenBob,
} from "#snippets/two-banks/events.ts";
import { scenario as givesUp } from "#snippets/two-banks/flawed/gives-up.ts";
import { scenario as hasty } from "#snippets/two-banks/flawed/hasty.ts";
import { scenario as keepsNoNo } from "#snippets/two-banks/flawed/keeps-no-no.ts";
import { scenario as otherKey } from "#snippets/two-banks/flawed/other-key.ts";
import { openBanks } from "#snippets/two-banks/open-banks.ts";
import { paths } from "#snippets/two-banks/paths.ts";
import { scenario } from "#snippets/two-banks/scenario.ts";
import { here, openDatabase } from "../support/simulate.ts";
import { begin, held, next } from "../support/two-banks.ts";

test.for(Object.keys(paths))(
  "killed at any single point, a transfer between banks ends as it should where %s",
  { timeout: 120_000 },
  async (path) => {
    const place = here(scenario);
    const whole = await runSchedule(scenario, path, [], place);
    expect(whole.history.length).toBeGreaterThan(4);
    for (const point of pointsOf(whole.history))
      await runSchedule(scenario, path, [point], place);
  },
);

test("late requests, lost answers, outages, closed accounts and two workers at once: both banks together hold what was put in, and only what a person is needed for is parked", {
  timeout: 120_000,
}, async () => {
  const seen = new Set<string>();
  const property = fc.asyncProperty(faultsOn(scenario), (each) =>
    runFaults(scenario, each, openDatabase, (what) => seen.add(what)),
  );
  await fc.assert(property, { seed: 1, numRuns: 100 });
  for (const what of [...kinds, ...Object.keys(events)])
    expect(seen).toContain(what);
  for (const status of ["committed", "compensated", "refused", "written off"])
    expect([...seen].join()).toContain(status);
});

/** The shortest schedule at which money is made or lost. */
async function shortest(flawed: Scenario<BankWorld>) {
  const property = fc.asyncProperty(faultsOn(flawed), (each) =>
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

test("a bank that keeps no no is found out, by requests that are held", async () => {
  const { says } = await shortest({
    ...keepsNoNo,
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

test.for([
  ["a bank that keeps no no", keepsNoNo, 250_00],
  ["ours", scenario, 200_00],
] as const)(
  "a credit that arrives after another worker was told no and undid the debit: with %s",
  async ([, each, cents]) => {
    const run = await begin({ ends: ["compensated"] }, each as typeof scenario);
    await run.work(next(each), ({ name }) =>
      fateAt("before:make-credit", name),
    );
    const { call: late } = run.history.at(-1) as Moment;
    await run.server.passLease();
    await closeBob(run.world);
    await run.work(next(each), () => "answered");
    expect(await run.check()).toBe("compensated");
    expect(await held(run.world)).toBe(200_00);
    await reopenBob(run.world);
    await run.do(late);
    expect(await held(run.world)).toBe(cents);
  },
);

test("a frozen worker is refused by the engine and heard by the bank, where its request finds the kept no", async () => {
  const run = await begin({ ends: ["compensated"] });
  const { world, server, history } = run;
  const frozen = Promise.withResolvers<void>();
  const goesOn = Promise.withResolvers<void>();
  const first = run.work(next(), async ({ name }) => {
    if (name === "make-credit") {
      frozen.resolve();
      await goesOn.promise;
    }
    return "answered" as const;
  });
  await frozen.promise;
  await server.passLease();
  await closeBob(world);
  const reversed = Promise.withResolvers<void>();
  const refused = Promise.withResolvers<void>();
  const second = run.work(next(), async ({ name }) => {
    if (name === "record-result") {
      await reopenBob(world);
      reversed.resolve();
      await refused.promise; // it has not ended, as far as anybody knows
    }
    return "answered" as const;
  });
  await reversed.promise;
  goesOn.resolve();
  const of = (name: string) =>
    history.find((it) => it.worker === 1 && it.name === name);
  await vi.waitUntil(() => of("record-1")?.answer);
  expect(of("make-credit")?.answer).toMatchObject({
    status: 200,
    body: expect.stringContaining("account bob is closed"),
  });
  expect(of("record-1")?.answer).toMatchObject({ head: { status: 409 } });
  refused.resolve();
  await Promise.all([first, second]);
  expect(await run.check()).toBe("compensated");
});

test.for(["debit", "credit", "reversal"] as const)(
  "a %s that is held, and arrives after the transfer has ended, changes no cent",
  async (kind) => {
    const run = await begin({ ends: ["compensated"] });
    await closeBob(run.world);
    await run.work(next(), ({ name }) => fateAt(`before:make-${kind}`, name));
    const { call: late } = run.history.at(-1) as Moment;
    expect(late.args.join()).toContain(`t1-${kind}`);
    await run.server.passLease();
    await run.work(next(), () => "answered");
    expect(await run.check()).toBe("compensated");
    await reopenBob(run.world);
    await run.do(late);
    expect(await held(run.world)).toBe(200_00);
    expect(await run.check()).toBe("compensated");
  },
);

test("a reversal that is refused is tried under a new key, and once: the old key has its kept no", async () => {
  const run = await begin({ ends: ["parked, then compensated"] });
  const { world } = run;
  await closeBob(world);
  await closeAlice(world);
  await run.work(next(), ({ name }) => fateAt("before:make-reversal", name));
  const { call: late } = run.history.at(-1) as Moment;
  await run.server.passLease();
  world.decisions = [["retry", reopenAlice]];
  await run.work(next(), () => "answered");
  expect(await run.check()).toBe("parked, then compensated");
  expect(await world.written()).toEqual(["debit at east", "reversal at east"]);
  expect(await run.do(late)).toMatchObject({
    value: { status: 200, body: expect.stringContaining("is closed") },
  });
  expect(await held(world)).toBe(200_00);
  const keys = run.history
    .filter(({ call }) => call.method === "make")
    .map(({ call }) => call.args[5]);
  expect(new Set(keys)).toContain("t1-reversal-2");
});

test("between tries there is a pause that is drawn, doubles, and has an end; after the last one the transfer parks", async () => {
  const patient = { tries: 6, firstPauseMs: 1_000, longestPauseMs: 8_000 };
  const run = await begin(
    { ends: ["parked, then committed"] },
    {
      ...scenario,
      open: async (openDatabase) =>
        new BankWorld(
          alicePaysBob("t1", patient),
          await openBanks(openDatabase),
        ),
    },
  );
  const { world, server, history } = run;
  world.links.west.always = "503";
  world.decisions = [
    [
      "retry",
      ({ links }) => {
        links.west.always = undefined;
      },
    ],
  ];
  await run.work(next(), () => "answered");
  expect(await run.check()).toBe("parked, then committed");
  const asked = history.filter(({ name }) => name.startsWith("make-credit"));
  expect(asked).toHaveLength(6 + 1);
  const { promises } = await server.snapshot();
  const pauses = promises
    .filter(({ tags }) => tags["resonate:timer"])
    .map(({ timeoutAt, createdAt }) => timeoutAt - createdAt);
  const longest = [1_000, 2_000, 4_000, 8_000, 8_000];
  expect(pauses).toHaveLength(longest.length);
  for (const [nth, pause] of pauses.entries()) {
    expect(pause).toBeGreaterThan((longest[nth] ?? 0) / 2 - 100);
    expect(pause).toBeLessThanOrEqual(longest[nth] ?? 0);
  }
});

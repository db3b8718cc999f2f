import { expect, onTestFinished, test, vi } from "vitest";
import { fateAt } from "#snippets/crash/crash-point.ts";
import type { Moment } from "#snippets/crash/history.ts";
import { InvalidTransfer } from "#snippets/transfer/check-transfer.ts";
import { checkBankOrder } from "#snippets/transfer/two-banks/bank-order.ts";
import { alicePaysBob, short } from "#snippets/two-banks/alice-pays-bob.ts";
import { BankWorld } from "#snippets/two-banks/bank-world.ts";
import {
  closeAlice,
  closeBob,
  reopenAlice,
  reopenBob,
} from "#snippets/two-banks/events.ts";
import { scenario as forgetsRefusals } from "#snippets/two-banks/flawed/forgets-refusals.ts";
import { openBanks } from "#snippets/two-banks/open-banks.ts";
import { scenario } from "#snippets/two-banks/scenario.ts";
import { begin, held, next } from "../support/two-banks.ts";

test.for([
  ["a bank that forgets its refusals", forgetsRefusals, 250_00],
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
  expect(pauses.every(Number.isInteger)).toBe(true); // a server wants that
  for (const [nth, pause] of pauses.entries()) {
    expect(pause).toBeGreaterThan((longest[nth] ?? 0) / 2 - 100);
    expect(pause).toBeLessThanOrEqual(longest[nth] ?? 0);
  }
});

test("a worker that dies while a pause is drawn, and has no successor for a day, changes nothing of the end", async () => {
  const run = await begin();
  const { world, server } = run;
  world.links.west.next = ["503"];
  await run.work(next(), ({ name }) => fateAt("before:record-2", name));
  expect((await server.states()).get("t1:2")).toBe("pending");
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  vi.setSystemTime(Date.now() + 25 * 3_600_000);
  await server.passLease();
  await run.work(next(), () => "answered");
  expect(await run.check()).toBe("committed");
});

test("an order that the saga or a bank could not go through with is refused before anything is recorded", () => {
  const order = alicePaysBob("t1", short);
  const refuses = (change: object, why = "") => {
    const check = () => checkBankOrder({ ...order, ...change });
    expect(check, JSON.stringify(change)).toThrow(InvalidTransfer);
    expect(check).toThrow(why);
  };
  checkBankOrder(order);
  checkBankOrder({ ...order, target: "alice" }); // at another bank
  refuses({ target: "alice", targetBank: "east" });
  for (const tries of [0, 2.5, Number.POSITIVE_INFINITY, "3", 1_001])
    refuses({ patience: { ...short, tries } });
  refuses({ patience: {} });
  refuses(
    { targetBank: undefined },
    "targetBank must be a text, and not empty",
  );
  refuses({ sourceBank: "" }, "sourceBank must be a text, and not empty");
  refuses({ orderedMs: undefined });
  refuses({ orderedMs: 0.5 });
  refuses({ orderedMs: Math.floor(Date.now() / 1_000) }, "in milliseconds");
  const firstMs = Date.UTC(2000, 0);
  checkBankOrder({ ...order, orderedMs: firstMs });
  refuses({ orderedMs: firstMs - 1 }, "orderedMs must be in milliseconds");
  refuses({ amountCents: 0 });
  refuses({ id: "a:b" });
  refuses({ id: "a".repeat(187) }); // and "-write-off-999"
  refuses({ target: "bob\n" });
});

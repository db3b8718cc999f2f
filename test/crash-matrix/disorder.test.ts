import { Resonate, type Response } from "@resonatehq/sdk";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import {
  disorder,
  type Event,
  kinds,
  runDisorder,
} from "#snippets/crash-matrix/disorder.ts";
import { Host } from "#snippets/crash-matrix/host.ts";
import { nameOf } from "#snippets/crash-matrix/matrix.ts";
import { askForTransfer } from "#snippets/crash-matrix/one-transfer.ts";
import type { Saga } from "#snippets/crash-matrix/start-worker.ts";
import { TwoWorkers } from "#snippets/crash-matrix/two-workers.ts";
import { closeBob } from "#snippets/support/bank.ts";
import { openBank } from "#snippets/support/open-bank.ts";
import { entriesOf } from "#snippets/transfer/accounts.ts";
import { entriesFor } from "#snippets/transfer/entries-for.ts";
import { applyEntry } from "#snippets/transfer/ledger.ts";
import { withDrawnIds } from "#snippets/who-does-what/sagas.ts";

afterEach(() => void vi.restoreAllMocks());

const nothing = () => {};
/** What the target says is not asked: it commits each time. */
const deaf: Saga = function* (ctx, order) {
  const { debit, credit } = entriesFor(order);
  yield* ctx.run(applyEntry, debit);
  yield* ctx.run(applyEntry, credit); // also to a closed account
  return { status: "committed" };
};

const { do: perform } = Host.prototype;
/** What the hosts do from now on, in words, and how often they refuse. */
function watchHosts() {
  const seen = { done: [] as string[], refusals: 0 };
  vi.spyOn(Host.prototype, "do").mockImplementation(async function (
    this: Host,
    question,
  ) {
    seen.done.push(nameOf(question));
    const answer = await perform.call(this, question);
    const { head } = (answer.value ?? {}) as Partial<Response>;
    if (head?.status === 409) seen.refusals += 1;
    return answer;
  });
  return seen;
}

/** Comes to be true by itself, a few turns later. */
const soon = (found: () => boolean | Promise<boolean>) =>
  vi.waitUntil(found, { interval: 1 });

/** Two workers on a transfer, and what they have had done, in words. */
async function startTwo(rejects = false) {
  const { done } = watchHosts();
  const { host, end, check, close } = await askForTransfer(openBank);
  await closeBob(host.db, rejects);
  const two = new TwoWorkers(host, end);
  return {
    two,
    done,
    entries: async () =>
      (await entriesOf(host.db, "t1")).map(({ kind }) => kind),
    /** Has the worker at this seat take the transfer. */
    async take(seat: number) {
      await soon(() => two.bring(seat));
      await soon(() => two.decide(seat, "answered"));
    },
    /** Leaves them in peace until it ends. */
    async finish() {
      two.makePeace();
      await host.passLease();
      await soon(() => two.bring(0) || two.hasEnded);
      await two.done;
      const status = await check();
      await close();
      return status;
    },
  };
}

test("where nothing is asked, on its way or to be brought, two workers find nothing to do", async () => {
  const { two, done, finish } = await startTwo();
  const found = [
    two.decide(0, "answered"),
    two.delay(0),
    await two.repeat(0),
    await two.arrive(),
    two.bring(0),
    two.bring(0, { copy: true }),
  ];
  expect(found).toEqual(Array(6).fill(false));
  expect(done).toEqual([]);
  expect(await finish()).toBe("committed");
});

test("a message waits until it is brought, and a copy of it leaves it waiting", async () => {
  const { two, done, finish } = await startTwo();
  await soon(() => two.bring(0, { copy: true }));
  expect(two.bring(1)).toBe(true);
  expect(two.bring(1)).toBe(false);
  await soon(() => two.decide(0, "answered"));
  await soon(() => two.decide(1, "answered"));
  expect(done).toEqual(["take the transfer", "take the transfer"]);
  await soon(() => two.refusals === 1); // one of them came too late
  expect(await finish()).toBe("committed");
});

test("a question waits until it is decided, and is done once, or twice if it is repeated", async () => {
  const { two, done, take, finish } = await startTwo();
  await take(1);
  await soon(() => two.repeat(1));
  await soon(() => two.decide(1, "answered"));
  await soon(() => two.decide(1, "answered"));
  expect(done).toEqual([
    "take the transfer",
    "begin step 0",
    "begin step 0",
    "write the debit",
    "record step 0",
  ]);
  expect(two.decide(0, "answered")).toBe(false);
  expect(two.refusals).toBe(0);
  expect(await finish()).toBe("committed");
});

test("a question that is delayed costs the worker its life, and is done when it arrives", async () => {
  const { two, done, entries, take, finish } = await startTwo();
  await take(0);
  await soon(() => two.decide(0, "answered"));
  await soon(() => two.delay(0));
  expect(await entries()).toEqual([]);
  expect(two.decide(0, "answered")).toBe(false);
  expect(await two.arrive()).toBe(true);
  expect(await two.arrive()).toBe(false);
  expect(await entries()).toEqual(["debit"]);
  expect(done.at(-1)).toBe("write the debit");

  await two.host.passLease();
  await take(0); // another worker, at the same seat
  await soon(() => two.decide(0, "answered"));
  expect(done.slice(-2)).toEqual(["take the transfer", "write the debit"]);
  expect(await finish()).toBe("committed");
});

test("in peace all that is asked is answered, and the target says to each of two workers what it said to the first", async () => {
  for (const seat of [0, 1]) {
    const { two, done, take, finish } = await startTwo(true);
    await take(seat);
    await soon(() => two.decide(seat, "never came"));
    await two.host.passLease();
    await take(1 - seat);
    expect(await finish()).toBe("compensated");
    expect(done.at(-1)).toBe("record the result");
    expect(two.hasEnded).toBe(true);
  }
});

test("each event of a schedule is what its name says, and is told if it found something to happen to", async () => {
  const methods = ["decide", "delay", "arrive", "repeat", "bring"] as const;
  const spies = Object.fromEntries(
    methods.map((name) => [name, vi.spyOn(TwoWorkers.prototype, name)]),
  );
  const passLease = vi.spyOn(Host.prototype, "passLease");
  const first = async (event: Event) => {
    vi.clearAllMocks();
    const saw: string[] = [];
    await runDisorder([false, [event]], (what) => {
      if (what !== "refused") saw.push(what); // in the peace that follows
    });
    const calls = Object.entries({ ...spies, passLease }).flatMap(
      ([name, { mock }]) =>
        mock.calls.map((args, n) => ({
          order: mock.invocationCallOrder[n] ?? 0,
          call: [name, ...args],
        })),
    );
    calls.sort((a, b) => a.order - b.order);
    return { call: calls[0]?.call, saw };
  };
  const found = [];
  for (const kind of kinds)
    if (kind !== "refused") found.push(await first([kind as Event[0], 1]));
  expect(found).toEqual([
    { call: ["decide", 1, "answered"], saw: [] },
    { call: ["decide", 1, "never came"], saw: [] },
    { call: ["decide", 1, "unheard"], saw: [] },
    { call: ["delay", 1], saw: [] },
    { call: ["arrive"], saw: [] },
    { call: ["repeat", 1], saw: [] },
    { call: ["bring", 1], saw: ["message"] },
    { call: ["bring", 1, { copy: true }], saw: ["copy"] },
    { call: ["passLease"], saw: ["lease passed"] },
  ]);
});

test("a schedule tells as often of a refusal as a worker was refused, and the worker says nothing", async () => {
  const said = ["log", "warn", "error"] as const;
  const spies = said.map((name) => vi.spyOn(console, name));
  const hosts = watchHosts();
  const saw: string[] = [];
  const schedule: Event[] = [
    ["message", 0],
    ["answered", 0],
    ["lease passed", 0],
    ["message", 1],
    ["answered", 1],
    ["answered", 0], // its lease has passed
  ];
  await runDisorder([false, schedule], (what) => saw.push(what));
  expect(hosts.refusals).toBeGreaterThan(0);
  expect(saw).toEqual([
    ...schedule.map(([what]) => what),
    ...Array(hosts.refusals).fill("refused"),
  ]);
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});

test("what is still on its way when a transfer ends arrives then, and all that was started is stopped", async () => {
  const stop = vi.spyOn(Resonate.prototype, "stop");
  const { done } = watchHosts();
  const schedule: Event[] = [
    ["message", 0],
    ["answered", 0],
    ["answered", 0],
    ["delayed", 0],
  ];
  await runDisorder([false, schedule], nothing);
  expect(done.slice(-2)).toEqual(["record the result", "write the debit"]);
  expect(stop).toHaveBeenCalledTimes(4); // three workers, and a client
});

test("random schedules find a transfer that does not end as the target says, and an operation id that is drawn", async () => {
  await expect(runDisorder([true, []], nothing, deaf)).rejects.toThrow(
    "it should be compensated",
  );
  const property = fc.asyncProperty(disorder, ([, schedule]) =>
    runDisorder([false, schedule], nothing, withDrawnIds),
  );
  const details = await fc.check(property, { seed: 1, endOnFailure: true });
  expect(details.errorInstance).toMatchObject({
    message: expect.stringContaining("and the ledger has debit, debit"),
  });
});

test("a random schedule has up to 60 events, each for one of two workers, and of every kind", () => {
  const schedules = fc.sample(disorder, { seed: 1, numRuns: 300 });
  const lengths = schedules.map(([, events]) => events.length);
  expect(Math.max(...lengths)).toBe(60);
  const events = schedules.flatMap(([, events]) => events);
  expect(new Set(events.map(([, seat]) => seat))).toEqual(new Set([0, 1]));
  const drawn = new Set<string>(events.map(([what]) => what));
  expect([...drawn, "refused"].sort()).toEqual([...kinds].sort());
});

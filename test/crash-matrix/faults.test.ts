import { Resonate, type Response } from "@resonatehq/sdk";
import fc from "fast-check";
import { afterEach, expect, test, vi } from "vitest";
import { describe } from "#snippets/crash/describe.ts";
import {
  type Fault,
  faultsOn,
  kinds,
  runFaults,
} from "#snippets/crash/faults.ts";
import { Server } from "#snippets/crash/server.ts";
import { Simulation } from "#snippets/crash/simulation.ts";
import { TwoWorkers } from "#snippets/crash/two-workers.ts";
import { scenario } from "#snippets/crash-matrix/scenario.ts";
import { type Saga, workOf } from "#snippets/crash-matrix/transfer-world.ts";
import { entriesFor } from "#snippets/transfer/entries-for.ts";
import { applyEntry } from "#snippets/transfer/ledger.ts";
import { withDrawnIds } from "#snippets/who-does-what/sagas.ts";
import { begin, openDatabase, working } from "../support/simulate.ts";

afterEach(() => void vi.restoreAllMocks());

const nothing = () => {};
const workingBy = (saga: Saga) => working(workOf(saga));
/** What the target says is not asked: it commits each time. */
const deaf = workingBy(function* (ctx, order) {
  const { debit, credit } = entriesFor(order);
  yield* ctx.run(applyEntry, debit);
  yield* ctx.run(applyEntry, credit); // also to a closed account
  return { status: "committed" };
});
const run = (
  path: string,
  schedule: Fault[],
  saw: (what: string) => void = nothing,
  of = scenario,
) => runFaults(of, [path, schedule], openDatabase, saw);

const { do: perform } = Simulation.prototype;
/** What is done from now on, by name, and how often it is refused. */
function watchCalls() {
  const seen = { done: [] as string[], refusals: 0 };
  vi.spyOn(Simulation.prototype, "do").mockImplementation(async function (
    this: Simulation,
    call,
  ) {
    seen.done.push(describe(call, scenario.steps));
    const answer = await perform.call(this, call);
    const { head } = (answer.value ?? {}) as Partial<Response>;
    if (head?.status === 409) seen.refusals += 1;
    return answer;
  });
  return seen;
}

/** Comes to be true by itself, a few turns later. */
const soon = (found: () => boolean | Promise<boolean>) =>
  vi.waitUntil(found, { interval: 1 });

/** Two workers on a transfer, and what they have had done, by name. */
async function startTwo(path = "accepts") {
  const { done } = watchCalls();
  const simulation = await begin(path);
  const two = new TwoWorkers(scenario, simulation, simulation.end);
  return {
    two,
    done,
    entries: () => simulation.world.written(),
    /** Has the worker at this seat take the transfer. */
    async take(seat: number) {
      await soon(() => two.bring(seat));
      await soon(() => two.decide(seat, "answered"));
    },
    /** Leaves them in peace until it ends. */
    async finish() {
      two.makePeace();
      await simulation.server.passLease();
      await soon(() => two.bring(0) || two.hasEnded);
      await two.done;
      return simulation.check();
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
  expect(done).toEqual(["take-run", "take-run"]);
  await soon(() => two.refusals === 1); // one of them came too late
  expect(await finish()).toBe("committed");
});

test("a call waits until it is decided, and is done once, or twice if it is repeated", async () => {
  const { two, done, take, finish } = await startTwo();
  await take(1);
  await soon(() => two.repeat(1));
  await soon(() => two.decide(1, "answered"));
  await soon(() => two.decide(1, "answered"));
  expect(done).toEqual([
    "take-run",
    "begin-debit",
    "begin-debit",
    "write-debit",
    "record-debit",
  ]);
  expect(two.decide(0, "answered")).toBe(false);
  expect(two.refusals).toBe(0);
  expect(await finish()).toBe("committed");
});

test("a call that is delayed costs the worker its life, and is done when it arrives", async () => {
  const { two, done, entries, take, finish } = await startTwo();
  await take(0);
  await soon(() => two.decide(0, "answered"));
  await soon(() => two.delay(0));
  expect(await entries()).toEqual([]);
  expect(two.decide(0, "answered")).toBe(false);
  expect(await two.arrive()).toBe(true);
  expect(await two.arrive()).toBe(false);
  expect(await entries()).toEqual(["debit"]);
  expect(done.at(-1)).toBe("write-debit");

  await two.simulation.server.passLease();
  await take(0); // another worker, at the same seat
  await soon(() => two.decide(0, "answered"));
  expect(done.slice(-2)).toEqual(["take-run", "write-debit"]);
  expect(await finish()).toBe("committed");
});

test("in peace all that is asked is answered, and the target says to each of two workers what it said to the first", async () => {
  for (const seat of [0, 1]) {
    const { two, done, take, finish } = await startTwo("rejects");
    await take(seat);
    await soon(() => two.decide(seat, "before"));
    await two.simulation.server.passLease();
    await take(1 - seat);
    expect(await finish()).toBe("compensated");
    expect(done.at(-1)).toBe("record-result");
    expect(two.hasEnded).toBe(true);
  }
});

test("each fault of a schedule is what its name says, and is told if it found something to happen to", async () => {
  const methods = ["decide", "delay", "arrive", "repeat", "bring"] as const;
  const spies = Object.fromEntries(
    methods.map((name) => [name, vi.spyOn(TwoWorkers.prototype, name)]),
  );
  const passLease = vi.spyOn(Server.prototype, "passLease");
  const first = async (event: Fault) => {
    vi.clearAllMocks();
    const saw: string[] = [];
    await run("accepts", [event], (what) => {
      // The others are of the peace that follows.
      if (!/^(refused|ended)/.test(what)) saw.push(what);
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
    if (kind !== "refused") found.push(await first([kind as Fault[0], 1]));
  expect(found).toEqual([
    { call: ["decide", 1, "answered"], saw: [] },
    { call: ["decide", 1, "before"], saw: [] },
    { call: ["decide", 1, "after"], saw: [] },
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
  const calls = watchCalls();
  const saw: string[] = [];
  const schedule: Fault[] = [
    ["message", 0],
    ["answered", 0],
    ["lease passed", 0],
    ["message", 1],
    ["answered", 1],
    ["answered", 0], // its lease has passed
  ];
  await run("accepts", schedule, (what) => saw.push(what));
  expect(calls.refusals).toBeGreaterThan(0);
  expect(saw).toEqual([
    ...schedule.map(([what]) => what),
    ...Array(calls.refusals).fill("refused"),
    "ended committed",
  ]);
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});

test("what is still on its way when a transfer ends arrives then, and all that was started is stopped", async () => {
  const stop = vi.spyOn(Resonate.prototype, "stop");
  const { done } = watchCalls();
  const schedule: Fault[] = [
    ["message", 0],
    ["answered", 0],
    ["answered", 0],
    ["delayed", 0],
  ];
  await run("accepts", schedule);
  expect(done.slice(-2)).toEqual(["record-result", "write-debit"]);
  expect(stop).toHaveBeenCalledTimes(4); // three workers, and a client
});

test("random schedules find a transfer that does not end as the target says, and an operation id that is drawn", async () => {
  await expect(run("rejects", [], nothing, deaf)).rejects.toThrow(
    "it should be compensated",
  );
  const drawn = workingBy(withDrawnIds);
  const property = fc.asyncProperty(faultsOn(drawn.paths), ([, schedule]) =>
    run("accepts", schedule, nothing, drawn),
  );
  const details = await fc.check(property, { seed: 1, endOnFailure: true });
  expect(details.errorInstance).toMatchObject({
    message: expect.stringContaining("and the ledger has debit, debit"),
  });
});

test("a random schedule has up to 60 faults, each for one of two workers, and of every kind", () => {
  const schedules = fc.sample(faultsOn(scenario.paths), {
    seed: 1,
    numRuns: 300,
  });
  const lengths = schedules.map(([, events]) => events.length);
  expect(Math.max(...lengths)).toBe(60);
  const events = schedules.flatMap(([, events]) => events);
  expect(new Set(events.map(([, seat]) => seat))).toEqual(new Set([0, 1]));
  const drawn = new Set<string>(events.map(([what]) => what));
  expect([...drawn, "refused"].sort()).toEqual([...kinds].sort());
});

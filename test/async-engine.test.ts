import * as generator from "@resonatehq/sdk";
import * as async from "@resonatehq/sdk/async";
import { afterAll, expect, onTestFinished, test, vi } from "vitest";
import { forget } from "../snippets/async-engine/forgetful.ts";
import type { Transfer } from "../snippets/check-transfer.ts";
import { nameOf } from "../snippets/crash-matrix/matrix.ts";
import { runSchedule } from "../snippets/crash-matrix/schedule.ts";
import { Threads } from "../snippets/crash-matrix/threads.ts";
import type { Question } from "../snippets/crash-matrix/wire.ts";
import { startDevServer } from "../snippets/dev-server.ts";
import {
  applyEntry,
  type Entry,
  TransferRejected,
} from "../snippets/ledger.ts";
import type { TransferResult } from "../snippets/transfer-money.ts";
import { watch } from "../snippets/watch.ts";
import { openBank, order } from "./bank.ts";
import { type Engine, type Sagas, startSaga, transfers } from "./engines.ts";
import { endsOf } from "./kill.ts";

const rejected: Transfer = { ...order, simulateCreditFailure: true };
const engines: [Engine][] = [["generator"], ["async"]];

// The same saga

test.for(engines)(
  "on the %s engine a transfer commits with a debit and a credit, or is compensated with a debit and a reversal, and the result says why",
  async ([engine]) => {
    const { db, held, kinds } = await openBank();
    const { run } = startSaga(engine, db, transfers);
    expect(await run("t1", order)).toEqual({
      transferId: "t1",
      status: "committed",
    });
    expect(await run("t2", { ...rejected, id: "t2" })).toEqual({
      transferId: "t2",
      status: "compensated",
      reason: "the target rejects the credit",
    });
    expect(await kinds("t1")).toEqual(["debit", "credit"]);
    expect(await kinds("t2")).toEqual(["debit", "reversal"]);
    expect(await held()).toEqual({ alice: 150_00, bob: 50_00 });
  },
);

test.for(engines)(
  "on the %s engine a transfer that was debited ends as one of the two, and never as anything else",
  async ([engine]) => {
    const { db, kinds } = await openBank();
    const { run } = startSaga(engine, db, transfers);
    for (const amountCents of [1, 50_00, 1_000_000_00])
      for (const target of ["bob", "nobody"])
        for (const simulateCreditFailure of [false, true]) {
          const id = `${amountCents} to ${target}, ${simulateCreditFailure}`;
          const patch = { id, target, amountCents, simulateCreditFailure };
          const { status } = await run(id, { ...order, ...patch });
          const commits = target === "bob" && !simulateCreditFailure;
          expect(status, id).toBe(commits ? "committed" : "compensated");
          const last = commits ? "credit" : "reversal";
          expect(await kinds(id), id).toEqual(["debit", last]);
        }
  },
);

test.for(engines)(
  "on the %s engine the credit is tried once, and the debit and the reversal until they are done",
  async ([engine]) => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { db, kinds } = await openBank();
    const tries = { debit: 0, credit: 0, reversal: 0 };
    const failing = watch(db, (proceed, values) => {
      for (const kind of ["debit", "credit", "reversal"] as const)
        if (values.includes(kind) && tries[kind]++ < 5)
          throw new Error(`the ${kind} fails`);
      return proceed();
    });
    const ended = startSaga(engine, failing, transfers).run("t1", order);
    await vi.advanceTimersByTimeAsync(240_000);
    expect(await ended).toMatchObject({ reason: "the credit fails" });
    expect(tries).toEqual({ debit: 6, credit: 1, reversal: 6 });
    expect(await kinds()).toEqual(["debit", "reversal"]);
  },
);

test.for(engines)(
  "on the %s engine a source that does not exist is refused without a retry, and so is a run with another id",
  async ([engine]) => {
    const { db, kinds } = await openBank();
    const { run } = startSaga(engine, db, transfers);
    await expect(
      run("t1", { ...order, source: "nobody" }),
    ).rejects.toMatchObject({
      name: "TransferRejected",
      message: "there is no account nobody",
    });
    await expect(run("t2", order)).rejects.toMatchObject({
      name: "InvalidTransfer",
      message: "the run must have the transfer's id",
    });
    expect(await kinds()).toEqual([]);
  },
);

test.for(engines)(
  "on the %s engine a run that has ended is not run again",
  async ([engine]) => {
    const { db, kinds } = await openBank();
    let statements = 0;
    const counting = watch(db, (proceed) => {
      statements += 1;
      return proceed();
    });
    const { run } = startSaga(engine, counting, transfers);
    const first = await run("t1", order);
    const ran = statements;
    expect(ran).toBeGreaterThan(0);
    expect(await run("t1", order)).toEqual(first);
    expect(statements).toBe(ran);
    expect(await kinds()).toEqual(["debit", "credit"]);
  },
);

test.for(engines)(
  "on the %s engine the steps have the ids :0, :1 and :2, and each is recorded before the next one starts",
  async ([engine]) => {
    const { db } = await openBank();
    const seen: string[] = [];
    const { resonate, run } = startSaga(
      engine,
      watch(db, async (proceed, values) => {
        if (values.includes("reversal"))
          for (const id of ["t1:0", "t1:1", "t1:2"])
            seen.push((await resonate.promises.get(id)).state);
        return proceed();
      }),
      transfers,
    );
    await run("t1", rejected);
    expect(seen).toEqual(["resolved", "rejected", "pending"]);
    await expect(resonate.promises.get("t1:3")).rejects.toThrow("not found");
  },
);

// What differs

test("run answers with the result on the generator engine, and with a handle before the end on the async engine", async () => {
  const { db } = await openBank();
  const open = Promise.withResolvers<void>();
  const held = watch(db, async (proceed) => {
    await open.promise;
    return proceed();
  });
  const resonate = new async.Resonate();
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", held);
  const saga = resonate.register("transferMoney", transfers.async);
  const handle = await saga.run("t1", order);
  expect(handle).not.toHaveProperty("status");
  expect(await handle.done()).toBe(false);
  open.resolve();
  const result: TransferResult = await handle.result();

  const other = new generator.Resonate();
  onTestFinished(() => other.stop());
  other.setDependency("db", db);
  const same = other.register("transferMoney", transfers.generator);
  expect(await same.run("t1", order)).toEqual(result);
});

test("a step without its yield* is not run; a step without its await is run, and what it throws is lost", async () => {
  const status = "committed"; // all of them say so
  const made = ["debit"];
  const both = ["debit", "credit"];
  expect(await forget("yield*", false)).toEqual({ status, made });
  expect(await forget("yield*", true)).toEqual({ status, made });
  expect(await forget("await", false)).toEqual({ status, made: both });
  expect(await forget("await", true)).toEqual({ status, made });
});

test("steps that are begun together run together on the async engine, and each keeps the id of its place", async () => {
  const { db } = await openBank();
  const resonate = new async.Resonate();
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", db);
  const running = new Set<string>();
  const met = Promise.withResolvers<void>();
  async function meet(_: async.Info, name: string) {
    if (running.add(name).size === 2) met.resolve();
    await met.promise;
    return name;
  }
  const saga = resonate.register("saga", async (ctx: async.Context) => {
    const first = ctx.run(meet, "first");
    const second = ctx.run(meet, "second");
    return [first.id, await second, second.id, await first];
  });
  const handle = await saga.run("t1");
  expect(await handle.result()).toEqual(["t1:0", "second", "t1:1", "first"]);
});

/** How often a step that throws is called, and after how many milliseconds. */
async function callsOf(engine: Engine, retryPolicy?: generator.RetryPolicy) {
  vi.useFakeTimers({ toFake: ["setTimeout", "Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const { db } = await openBank();
  const calls: number[] = [];
  const step = async () => {
    calls.push(Date.now());
    throw new Error("no");
  };
  const warn = vi.fn();
  const logger = { debug() {}, info() {}, error() {}, warn };
  const policy = retryPolicy ? { retryPolicy } : {};
  const sagas: Sagas<unknown> = {
    *generator(ctx) {
      return yield* ctx.run(step, ctx.options(policy));
    },
    async async(ctx) {
      return await ctx.run(step, ctx.options(policy));
    },
  };
  const { run } = startSaga(engine, db, sagas, { logger });
  run("t1", order).catch(() => {});
  await vi.advanceTimersByTimeAsync(120_000);
  vi.useRealTimers();
  const intervals = calls.slice(1).map((at, n) => at - (calls[n] ?? 0));
  return { calls: calls.length, intervals, warnings: warn.mock.calls.length };
}

test("a step that throws is tried again at the intervals of Exponential by the generator engine, and by the async engine never", async () => {
  const exponential = new generator.Exponential();
  const { calls, intervals } = await callsOf("generator");
  expect(calls).toBeGreaterThan(5);
  expect(intervals).toEqual(intervals.map((_, n) => exponential.next(n + 1)));
  expect(await callsOf("async")).toMatchObject({ calls: 1 });
});

test("the generator engine warns of each retry, and the async engine says nothing", async () => {
  const policy = () => new generator.Constant({ maxRetries: 3 });
  expect(await callsOf("generator", policy())).toMatchObject({
    calls: 4,
    warnings: 3,
  });
  expect(await callsOf("async", policy())).toMatchObject({
    calls: 4,
    warnings: 0,
  });
});

const entry = (kind: Entry["kind"], account: string, amountCents: number) => ({
  opId: `t1-${kind}`,
  transferId: "t1",
  account,
  amountCents,
  kind,
});
const debit = entry("debit", "alice", -50_00);
const reversal = entry("reversal", "alice", 50_00);
/** The shape of the saga, with no word on retries. */
const wordForWord: Sagas<string> = {
  *generator(ctx) {
    yield* ctx.run(applyEntry, debit);
    yield* ctx.run(applyEntry, reversal);
    return "compensated";
  },
  async async(ctx) {
    await ctx.run(applyEntry, debit);
    await ctx.run(applyEntry, reversal);
    return "compensated";
  },
};

test.for([
  ["generator", "is made after all", "compensated", 0],
  ["async", "ends the run, and the debit is not given back", "failed", -50_00],
] as const)(
  "with no retry policy, on the %s engine, a reversal that fails once %s",
  async ([engine, , end, createdCents]) => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const { db } = await openBank({ createdCents });
    let failures = 0;
    const failing = watch(db, (proceed, values) => {
      if (values.includes("reversal") && failures++ === 0)
        throw new Error("the ledger is locked");
      return proceed();
    });
    const { run } = startSaga(engine, failing, wordForWord);
    const ended = run("t1", order).catch(() => "failed");
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await ended).toBe(end);
  },
);

// Replay

test.for(engines)(
  "on the %s engine the body runs again from its first line when a run resumes, and a recorded step is not called again",
  async ([engine]) => {
    const { bodies, calls } = await resume(engine);
    expect({ bodies, calls }).toEqual({ bodies: 2, calls: 1 });
  },
);

test.for(engines)(
  "on the %s engine a caught error is the one that was thrown while the worker lives, and after a replay a plain one of the same name",
  async ([engine]) => {
    const { caught } = await resume(engine);
    const name = "TransferRejected";
    const message = "no";
    expect(caught).toEqual([
      { rejected: true, name, message },
      { rejected: false, name, message },
    ]);
  },
);

test("an await of what is no step is not recorded: it is done again when the run resumes", async () => {
  expect(await resume("async")).toMatchObject({ calls: 1, plainCalls: 2 });
});

/** A step that throws, after which the run suspends, and resumes. */
async function resume(engine: Engine) {
  const { db } = await openBank();
  const seen = {
    bodies: 0,
    calls: 0,
    plainCalls: 0,
    caught: [] as { rejected: boolean; name: string; message: string }[],
  };
  async function step() {
    seen.calls += 1;
    throw new TransferRejected("no");
  }
  async function plain() {
    seen.plainCalls += 1;
  }
  function note(error: unknown) {
    const { name, message } = error as Error;
    const rejected = error instanceof TransferRejected;
    seen.caught.push({ rejected, name, message });
  }
  const sagas: Sagas<void> = {
    *generator(ctx) {
      seen.bodies += 1;
      const once = ctx.options({ retryPolicy: new generator.Never() });
      try {
        yield* ctx.run(step, once);
      } catch (error) {
        note(error);
      }
      yield* yield* ctx.promise();
    },
    async async(ctx) {
      seen.bodies += 1;
      await plain();
      try {
        await ctx.run(step);
      } catch (error) {
        note(error);
      }
      await ctx.promise();
    },
  };
  const { resonate, run } = startSaga(engine, db, sagas);
  const ended = run("t1", order);
  await vi.waitUntil(() =>
    resonate.promises.get("t1:1").catch(() => undefined),
  );
  await resonate.promises.resolve("t1:1");
  await ended;
  return seen;
}

// A worker dies

const workers = {
  generator: new Threads(),
  async: new Threads(
    new URL("../snippets/async-engine/worker.ts", import.meta.url),
  ),
};
const next = {
  generator: () => workers.generator.next(),
  async: () => workers.async.next(),
};
afterAll(async () => {
  for (const threads of Object.values(workers)) await threads.close();
});

test.for([
  ["async", "async"],
  ["async", "generator"],
  ["generator", "async"],
] as const)(
  "killed at any single point, a transfer that the %s engine began is finished by the %s engine as if nothing had happened",
  { timeout: 120_000 },
  async ([first, successor]) => {
    const ends = async (target: "accepts" | "rejects") =>
      endsOf(target, next[first], next[successor]);
    expect(await ends("accepts")).toEqual(Array(16).fill("committed"));
    expect(await ends("rejects")).toEqual(Array(22).fill("compensated"));
  },
);

test.for(engines)(
  "on the %s engine a worker that takes over from a dead one does not call a recorded step again",
  async ([engine]) => {
    const recorded = { question: 3, fate: "unheard" } as const;
    const accepts: [boolean, boolean] = [false, false];
    const { asked } = await runSchedule(accepts, [recorded], next[engine]);
    const [first, second] = asked.map((each) => each.map(nameOf));
    expect(first?.at(-1)).toBe("record step 0");
    expect(second).toEqual([
      "take the transfer",
      "begin step 1",
      "write the credit",
      "record step 1",
      "record the result",
    ]);
  },
);

/** What is asked, without the hour and without the traces of errors. */
function gist(question: Question) {
  const text = JSON.stringify(question, (key, value) =>
    ["corrId", "pid", "timeoutAt", "value"].includes(key) ? undefined : value,
  );
  return JSON.parse(text);
}

test("both engines ask the server and the ledger the same questions, in the same order", async () => {
  for (const rejects of [false, true]) {
    const asked = async (engine: Engine) => {
      const whole = await runSchedule([rejects, rejects], [], next[engine]);
      return whole.asked.flat().map(gist);
    };
    const questions = await asked("generator");
    expect(questions).toHaveLength(rejects ? 11 : 8);
    expect(await asked("async")).toEqual(questions);
  }
});

test("on one server, a client of either engine has its transfer made by a worker of the other", async () => {
  const { db, kinds } = await openBank();
  const { url, stop } = await startDevServer();
  onTestFinished(stop);
  startSaga("generator", db, transfers, { url, group: "generator" });
  startSaga("async", db, transfers, { url, group: "async" });

  const oneClient = new generator.Resonate({ url, group: "client" });
  onTestFinished(() => oneClient.stop());
  const toAsync = oneClient.options({ target: "async" });
  expect(
    await oneClient.rpc("t1", "transferMoney", order, toAsync),
  ).toMatchObject({ status: "committed" });

  const otherClient = new async.Resonate({ url, group: "other-client" });
  onTestFinished(() => otherClient.stop());
  const toGenerator = otherClient.options({ target: "generator" });
  const transfer = { ...rejected, id: "t2" };
  const args = [transfer, toGenerator] as const;
  const handle = await otherClient.rpc("t2", "transferMoney", ...args);
  expect(await handle.result()).toMatchObject({ status: "compensated" });
  expect(await kinds("t1")).toEqual(["debit", "credit"]);
  expect(await kinds("t2")).toEqual(["debit", "reversal"]);
});

// The wrong engine

test("a generator that is registered with the async engine compiles, moves nothing, and ends with an empty object", async () => {
  const { db, kinds } = await openBank();
  const resonate = new async.Resonate();
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", db);
  const wrong = resonate.register("transferMoney", transfers.generator);
  const handle = await wrong.run("t1", order);
  expect(await handle.result()).toEqual({});
  expect(await kinds()).toEqual([]);
});

test("an async saga that is registered with the generator engine does not compile; it would move nothing and say that it committed", async () => {
  const { db, kinds } = await openBank();
  const resonate = new generator.Resonate();
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", db);
  // @ts-expect-error
  const wrong = resonate.register("transferMoney", transfers.async);
  expect(await wrong.run("t1", order)).toMatchObject({ status: "committed" });
  expect(await kinds()).toEqual([]);
});

test("a leaf that takes the generator engine's context compiles for the async engine, and fails if it needs what that lacks", async () => {
  const resonate = new async.Resonate();
  onTestFinished(() => resonate.stop());
  const attempt = async (ctx: generator.Context) => ctx.info.attempt;
  const saga = resonate.register("saga", (ctx: async.Context) =>
    ctx.run(attempt),
  );
  const handle = await saga.run("t1");
  await expect(handle.result()).rejects.toMatchObject({ name: "TypeError" });
});

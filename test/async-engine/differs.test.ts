import * as generator from "@resonatehq/sdk";
import * as async from "@resonatehq/sdk/async";
import { expect, onTestFinished, test, vi } from "vitest";
import { forget } from "#snippets/async-engine/forgetful.ts";
import { watch } from "#snippets/crash/watch.ts";
import { entriesFor } from "#snippets/transfer/entries-for.ts";
import { applyEntry } from "#snippets/transfer/ledger.ts";
import type { TransferResult } from "#snippets/transfer/transfer-money.ts";
import { openBank, order, orderFor } from "../support/bank.ts";
import {
  type Engine,
  type Sagas,
  startSaga,
  transfers,
} from "../support/engines.ts";

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
  const handle = await saga.run("t1", await orderFor(db));
  expect(handle).not.toHaveProperty("status");
  expect(await handle.done()).toBe(false);
  open.resolve();
  const result: TransferResult = await handle.result();

  const other = new generator.Resonate();
  onTestFinished(() => other.stop());
  other.setDependency("db", db);
  const same = other.register("transferMoney", transfers.generator);
  expect(await same.run("t1", await orderFor(db))).toEqual(result);
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

/** The shape of the saga, with no word on retries. */
const wordForWord: Sagas<string> = {
  *generator(ctx, order) {
    const { debit, reversal } = entriesFor(order);
    yield* ctx.run(applyEntry, debit);
    yield* ctx.run(applyEntry, reversal);
    return "compensated";
  },
  async async(ctx, order) {
    const { debit, reversal } = entriesFor(order);
    await ctx.run(applyEntry, debit);
    await ctx.run(applyEntry, reversal);
    return "compensated";
  },
};

/** How a saga ends whose reversal fails once, on an engine left to itself. */
async function failOnce(engine: Engine, createdCents: number) {
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
  return ended;
}

test("with no retry policy a reversal that fails once is made after all, on the generator engine", async () => {
  expect(await failOnce("generator", 0)).toBe("compensated");
});

test("with no retry policy a reversal that fails once ends the run, on the async engine, and the debit is not given back", async () => {
  expect(await failOnce("async", -50_00)).toBe("failed");
});

// The wrong engine

test("a generator that is registered with the async engine compiles, moves nothing, and ends with an empty object", async () => {
  const { db, kinds } = await openBank();
  const resonate = new async.Resonate();
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", db);
  const wrong = resonate.register("transferMoney", transfers.generator);
  const handle = await wrong.run("t1", await orderFor(db));
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
  expect(await wrong.run("t1", await orderFor(db))).toMatchObject({
    status: "committed",
  });
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

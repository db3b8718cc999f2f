import * as generator from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import { watch } from "#snippets/crash/watch.ts";
import { closeBob } from "#snippets/support/bank.ts";
import { TransferRejected } from "#snippets/transfer/ledger.ts";
import { openBank, order } from "../support/bank.ts";
import {
  type Engine,
  type Sagas,
  startSaga,
  transfers,
} from "../support/engines.ts";
import { inRealTime } from "../support/place.ts";

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
      source: "alice",
      target: "bob",
      amountCents: 50_00,
    });
    await closeBob(db, true);
    expect(await run("t2", { ...order, id: "t2" })).toEqual({
      transferId: "t2",
      status: "compensated",
      reason: "account bob is closed",
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
        for (const isClosed of [false, true]) {
          await closeBob(db, isClosed);
          const id = `${amountCents} to ${target}, ${isClosed}`;
          const patch = { id, target, amountCents };
          const { status } = await run(id, { ...order, ...patch });
          const commits = target === "bob" && !isClosed;
          expect(status, id).toBe(commits ? "committed" : "compensated");
          const last = commits ? "credit" : "reversal";
          expect(await kinds(id), id).toEqual(["debit", last]);
        }
  },
);

test.for(engines)(
  "on the %s engine the credit is tried once, and the debit and the reversal until they are done",
  async ([engine], { skip }) => {
    skip(...inRealTime);
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
  "on the %s engine a transfer of less than nothing is refused before any step",
  async ([engine]) => {
    const { db, kinds } = await openBank();
    const { resonate, run } = startSaga(engine, db, transfers);
    await expect(
      run("t1", { ...order, amountCents: -1 }),
    ).rejects.toMatchObject({
      name: "InvalidTransfer",
      message: "amountCents must be a positive integer",
    });
    expect(await kinds()).toEqual([]);
    await expect(resonate.promises.get("t1:0")).rejects.toThrow("not found");
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
    await closeBob(db, true);
    await run("t1", order);
    expect(seen).toEqual(["resolved", "rejected", "pending"]);
    await expect(resonate.promises.get("t1:3")).rejects.toThrow("not found");
  },
);

// Replay

test.for(engines)(
  "on the %s engine the body runs again from its first line when a run resumes, and a recorded step is not called again",
  async ([engine]) => {
    const { bodies, calls } = await resume(engine);
    expect(calls).toBe(1);
    expect(bodies).toBeGreaterThan(1);
  },
);

test.for(engines)(
  "on the %s engine a caught error is the one that was thrown while the worker lives, and after a replay a plain one of the same name",
  async ([engine]) => {
    const { caught } = await resume(engine);
    const name = "TransferRejected";
    const message = "no";
    const [first, ...replayed] = caught;
    expect(first).toEqual({ rejected: true, name, message });
    expect(replayed).toContainEqual({ rejected: false, name, message });
    expect(new Set(replayed.map((each) => JSON.stringify(each))).size).toBe(1);
  },
);

test("an await of what is no step is not recorded: it is done again when the run resumes", async () => {
  const { bodies, calls, plainCalls } = await resume("async");
  expect(calls).toBe(1);
  expect(plainCalls).toBe(bodies);
  expect(bodies).toBeGreaterThan(1);
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

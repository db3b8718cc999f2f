import { type Context, Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test } from "vitest";
import { askLimit } from "#snippets/changing/ask-limit.ts";
import { deployed } from "#snippets/changing/deployed.ts";
import { brokenBy, recordHistory } from "#snippets/changing/record-history.ts";
import { replayHistory, type Saga } from "#snippets/changing/replay-history.ts";
import { transferWithLimit } from "#snippets/changing/with-limit.ts";
import { watch } from "#snippets/crash/watch.ts";
import { closeAccount, openAccount } from "#snippets/transfer/accounts.ts";
import type { Order } from "#snippets/transfer/check-transfer.ts";
import { IN_TRANSIT, legsFor } from "#snippets/transfer/in-transit/legs.ts";
import { payBack } from "#snippets/transfer/in-transit/pay-back.ts";
import { payIn } from "#snippets/transfer/in-transit/pay-in.ts";
import { payOut } from "#snippets/transfer/in-transit/pay-out.ts";
import { transferInTransit } from "#snippets/transfer/in-transit/saga.ts";
import type { LedgerDb } from "#snippets/transfer/ledger.ts";
import { openBank, order, orderFor } from "../support/bank.ts";

/** An engine in memory, and a run of the saga on it. */
async function begin(isClosed = false, halt?: (db: LedgerDb) => LedgerDb) {
  const bank = await openBank();
  await openAccount(bank.db, IN_TRANSIT, 0);
  if (isClosed) await closeAccount(bank.db, "bob");
  const resonate = new Resonate({ logLevel: "error" });
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", halt?.(bank.db) ?? bank.db);
  const transfer = resonate.register("transfer", transferInTransit);
  const end = transfer.run(order.id, await orderFor(bank.db));
  return { ...bank, end, promises: resonate.promises };
}

/** Runs that ended as committed and as compensated, as they are kept. */
async function kept() {
  const [made, undone] = [await begin(), await begin(true)];
  await Promise.all([made.end, undone.end]);
  return {
    committed: await recordHistory(transferInTransit, made.promises, "t1"),
    compensated: await recordHistory(transferInTransit, undone.promises, "t1"),
  };
}

/** Leaves under other names. */
const payInto = (...given: Parameters<typeof payIn>) => payIn(...given);

/** The saga, changed by one thing. */
const changed = {
  inserted: transferWithLimit,
  *removed(ctx: Context, asked: Order) {
    const legs = legsFor(asked);
    try {
      yield* ctx.run(payOut, legs);
    } catch {
      yield* ctx.run(payBack, legs);
      return { status: "compensated" };
    }
    return { status: "committed" };
  },
  *moved(ctx: Context, asked: Order) {
    const legs = legsFor(asked);
    yield* ctx.run(payOut, legs);
    yield* ctx.run(payIn, legs);
    return { status: "committed" };
  },
  *renamed(ctx: Context, asked: Order) {
    const legs = legsFor(asked);
    yield* ctx.run(payInto, legs);
    yield* ctx.run(payOut, legs);
    return { status: "committed" };
  },
  *longer(ctx: Context, asked: Order): Generator<unknown, unknown> {
    const end = yield* transferInTransit(ctx, asked);
    yield* ctx.run(askLimit, asked);
    return end;
  },
  *shorter(ctx: Context, asked: Order) {
    yield* ctx.run(payIn, legsFor(asked));
    return { status: "committed" };
  },
  *"with other ids"(ctx: Context, asked: Order): Generator<unknown, unknown> {
    return yield* transferInTransit(
      new Proxy(ctx, {
        get: (it, key) => (key === "id" ? "t2" : it[key as "id"]),
      }),
      { ...asked, id: "t2" },
    );
  },
  *"with another answer"(
    ctx: Context,
    asked: Order,
  ): Generator<unknown, unknown> {
    yield* transferInTransit(ctx, asked);
    return { status: "done" };
  },
} satisfies Record<string, Saga>;

test("a step that is moved, inserted, removed or renamed in a saga, each alone, is told with its number and both names, for each recorded run that it would break", async () => {
  const all = await kept();
  expect(JSON.stringify(all)).not.toContain("stack"); // it names folders
  const told = Object.fromEntries(
    await Promise.all(
      Object.entries(changed).map(async ([change, saga]) => [
        change,
        await brokenBy(saga, all),
      ]),
    ),
  );
  const both = (what: string) => [`committed: ${what}`, `compensated: ${what}`];
  expect(told).toMatchObject({
    inserted: both("t1:0 was payIn, and is askLimit now"),
    removed: both("t1:0 was payIn, and is payOut now"),
    moved: both("t1:0 was payIn, and is payOut now"),
    renamed: both("t1:0 was payIn, and is payInto now"),
    longer: [
      "committed: t1:2 is new: askLimit",
      "compensated: t1:3 is new: askLimit",
    ],
    shorter: [
      'committed: t1:1 was payOut, and is gone: {"status":"committed"}',
      'compensated: t1:1 was payOut, and is gone: {"status":"committed"}',
    ],
  });
  expect(told["with other ids"]).toEqual(
    both(
      't1:0, payIn: what it is given, .0.debit.0.opId was "t1-debit", and is "t2-debit" now',
    ),
  );
  expect(told["with another answer"]).toEqual([
    'committed: it gave {"status":"committed"}, and gives {"status":"done"} now',
    'compensated: it gave {"status":"compensated","reason":"account bob is closed, or not there"}, and gives {"status":"done"} now',
  ]);
});

test("a run that is under way is recorded as far as it is, and replayed without a call of any leaf", async () => {
  const reached = Promise.withResolvers<void>();
  const { promises, held } = await begin(false, (db) =>
    watch(db, (proceed, values, { method }) => {
      if (method !== "run" || !values.includes("t1-credit")) return proceed();
      reached.resolve();
      return new Promise(() => {});
    }),
  );
  await reached.promise;
  const history = await recordHistory(transferInTransit, promises, "t1");
  expect(history.state).toBe("pending");
  expect(history.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
    "payIn resolved",
    "payOut pending",
  ]);
  // No ledger is there: a leaf that is called says so, without end.
  expect(await replayHistory(transferInTransit, history)).toBeUndefined();
  expect(await replayHistory(changed.longer, history)).toBeUndefined();
  expect(await replayHistory(changed.inserted, history)).toBe(
    "t1:0 was payIn, and is askLimit now",
  );
  expect(await held()).toEqual({ alice: 150_00, bob: 0, [IN_TRANSIT]: 50_00 });
});

test("a run is not recorded for another saga than its own, nor one that is not there", async () => {
  const { promises, end } = await begin();
  await end;
  await expect(
    recordHistory(transferWithLimit, promises, "t1"),
  ).rejects.toThrow(
    "the run t1 is of another saga: t1:0 was payIn, and is askLimit now",
  );
  await expect(
    recordHistory(transferInTransit, promises, "t2"),
  ).rejects.toThrow();
});

const inAll = async (...given: Parameters<typeof deployed>) => {
  const { status, held } = await deployed(...given);
  const ours = held.filter(({ account }) => account !== "carol");
  return [status, ...ours.map(({ cents }) => cents)];
};

test("a saga that is deployed in place of the one that began a run takes its results for other steps': it fails for want of a debit, or says committed and bob is not paid", async () => {
  const inPlace = { 1: transferInTransit };
  // alice, bob, and in transit
  expect(await inAll("limit", inPlace)).toEqual([
    "failed, t1 has debited nothing",
    ...[200_00, 0, 0],
  ]);
  expect(await inAll("debit", inPlace)).toEqual([
    "committed",
    ...[150_00, 0, 50_00],
  ]);
});

test("beside the one that began a run, as another version, a changed saga leaves that run to the one that began it", async () => {
  const beside = { 1: transferWithLimit, 2: transferInTransit };
  for (const step of ["limit", "debit"])
    expect(await inAll(step, beside)).toEqual([
      "committed",
      ...[150_00, 50_00, 0],
    ]);
});

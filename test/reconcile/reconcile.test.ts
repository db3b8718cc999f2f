import { setImmediate } from "node:timers/promises";
import { Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  fateAt,
  type StopPoint,
  stopsAt,
} from "#snippets/crash/crash-point.ts";
import { resume } from "#snippets/crash/resume.ts";
import { runSchedule } from "#snippets/crash/run-schedule.ts";
import { Simulation } from "#snippets/crash/simulation.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { watch } from "#snippets/crash/watch.ts";
import { scenario } from "#snippets/in-transit/scenario.ts";
import { payBackByHand } from "#snippets/reconcile/by-hand.ts";
import { pastDeadline } from "#snippets/reconcile/past-deadline.ts";
import { payBackAlone } from "#snippets/reconcile/pay-back-alone.ts";
import { audit, balances, openAccount } from "#snippets/transfer/accounts.ts";
import { IN_TRANSIT } from "#snippets/transfer/in-transit/legs.ts";
import { transferInTransit } from "#snippets/transfer/in-transit/saga.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { reconcileWith } from "#snippets/transfer/reconcile/with-engine.ts";
import { openBank, order, orderFor } from "../support/bank.ts";
import {
  damages,
  engineOf,
  type Met,
  meet,
  sound,
} from "../support/damages.ts";

const openDatabase = () => openLedger();
const before = { alice: 200_00, bob: 0, carol: 0, [IN_TRANSIT]: 0 };
const between = { ...before, alice: 150_00, [IN_TRANSIT]: 50_00 };

test("at its deadline the caller is told that it timed out, and the debit stands; what is paid back by hand is credited all the same when a frozen worker goes on", async () => {
  const found = await pastDeadline((db, _, asked) => payBackByHand(db, asked));
  expect(found).toEqual({
    ...{ told: "Promise timedout", left: between, after: before },
    thawed: { ...before, bob: 50_00, [IN_TRANSIT]: -50_00 },
  });
});

test("a transfer whose deadline has passed is undone by reconciliation, and a frozen worker that goes on moves nothing", async () => {
  const found = await pastDeadline((db, promises) =>
    reconcileWith(promises, db),
  );
  expect(found).toMatchObject({ left: between, after: before, thawed: before });
});

/** Has a worker stop there, past the deadline, and reconciles. */
async function stopAt(path: string, point: StopPoint) {
  const way = scenario.paths[path];
  if (!way) throw new Error(`there is no path ${path}`);
  const run = await Simulation.begin(scenario, way, openDatabase);
  const { network } = run.server;
  const client = new Resonate({ network, logLevel: "error" });
  try {
    await run.work(startInProcess(scenario), ({ name }) => fateAt(point, name));
    await run.server.passDeadline();
    const first = await reconcileWith(client.promises, run.world.db);
    while (run.left.length) await resume(run, () => "answered");
    const late = await reconcileWith(client.promises, run.world.db);
    const last = await reconcileWith(client.promises, run.world.db);
    const held = await balances(run.world.db);
    return { first, late, last, held, sums: await audit(run.world.db) };
  } finally {
    await client.stop();
    await run.close();
  }
}

test("wherever a worker dies, is held up or is frozen, until after the deadline: a credit that comes late moves nothing, a debit that comes late is undone by the next reconciliation, and then nothing is in transit", {
  timeout: 60_000,
}, async () => {
  const here = { openDatabase, next: () => startInProcess(scenario) };
  let undone = 0;
  for (const path of ["alice has enough", "bob's account is closed"]) {
    const { history } = await runSchedule(scenario, path, [], here);
    const points = stopsAt(history);
    expect(points.length).toBeGreaterThanOrEqual(40);
    for (const point of points) {
      const { first, late, last, held, sums } = await stopAt(path, point);
      undone += first.filter(({ is }) => is === "undone").length;
      const isDebit = /^(held|frozen):.*(run|begin-debit|write-debit)$/;
      if (!isDebit.test(point)) expect(late, point).toEqual([]);
      expect(last, point).toEqual([]);
      expect(held.at(-1), point).toEqual({ account: IN_TRANSIT, cents: 0 });
      expect(sums, point).toEqual({ seededCents: 200_00, heldCents: 200_00 });
    }
  }
  expect(undone).toBeGreaterThan(10);
});

/** A ledger with the account in transit, and an engine on it. */
async function open(go?: Promise<void>) {
  const bank = await openBank();
  await openAccount(bank.db, IN_TRANSIT, 0);
  const resonate = new Resonate({ logLevel: "error" });
  onTestFinished(() => resonate.stop());
  const slow = watch(bank.db, async (proceed, [opId], { method }) => {
    await setImmediate(); // others have their turn
    if (method === "run" && opId === "long-credit") await go;
    return proceed();
  });
  resonate.setDependency("db", slow);
  const transfer = resonate.register("transfer", transferInTransit);
  return { ...bank, transfer, promises: resonate.promises };
}

test("reconciliation that runs while transfers do undoes none of them, and finds those that are under way", async () => {
  const { promise: go, resolve } = Promise.withResolvers<void>();
  const { db, held, kinds, transfer, promises } = await open(go);
  const found = new Set<string>();
  // One that is under way all the time.
  const long = { ...order, id: "long", amountCents: 1_00 };
  const last = transfer.run(long.id, await orderFor(db, long));
  await vi.waitUntil(async () => (await kinds("long")).length > 0);
  const statuses = new Set<string>();
  let lanes = 5;
  const ends = Array.from({ length: lanes }, async (_, lane) => {
    for (let nth = 0; nth < 20; nth += 1) {
      const paid = { ...order, id: `t${lane}-${nth}`, amountCents: 1_00 };
      const end = await transfer.run(paid.id, await orderFor(db, paid));
      statuses.add(end.status);
    }
    lanes -= 1;
  });
  while (lanes) {
    for (const { is } of await reconcileWith(promises, db)) found.add(is);
    await setImmediate(); // the transfers go on
  }
  // It ends while it is asked, and before that it was half done.
  const get = async (id: string) => {
    if (id === long.id) resolve();
    if (id === long.id) statuses.add((await last).status);
    return promises.get(id);
  };
  const ending = { get } as typeof promises;
  expect(await reconcileWith(ending, db)).toEqual([]);
  await Promise.all(ends);
  expect([...statuses]).toEqual(["committed"]);
  expect([...found]).toEqual(["under way"]);
  expect(await reconcileWith(promises, db)).toEqual([]);
  expect(await held()).toEqual({
    ...{ alice: 99_00, bob: 101_00, [IN_TRANSIT]: 0 },
  });
});

/** A ledger with a transfer of each of these. */
async function openWith(kinds: Record<string, Met>) {
  const { db } = await open();
  const { ledgerId } = await orderFor(db);
  await openAccount(db, "closed", 0);
  await openAccount(db, "eve", 0);
  const runs = new Map();
  for (const [nth, met] of Object.values(kinds).entries()) {
    const target = met.isClosed ? "closed" : "bob";
    const paid = {
      ...order,
      id: `t${nth}`,
      target,
      amountCents: 1_00,
      ledgerId,
    };
    const run = await meet(db, met, paid);
    if (run) runs.set(paid.id, run);
  }
  return { db, promises: engineOf(runs) };
}

test("two reconciliations at once do what one does", async () => {
  const one = await openWith(sound);
  const two = await openWith(sound);
  await reconcileWith(one.promises, one.db);
  await Promise.all([
    reconcileWith(two.promises, two.db),
    reconcileWith(two.promises, two.db),
  ]);
  expect(await balances(two.db)).toEqual(await balances(one.db));
  expect(await reconcileWith(two.promises, two.db)).toEqual(
    await reconcileWith(one.promises, one.db),
  );
});

test("what the engine does not know is undone where that is asked for, and only then", async () => {
  const forgotten = { forgotten: damages["half, and forgotten"] as Met };
  const { db, promises } = await openWith(forgotten);
  const found = { id: "t0", is: "for a person" };
  expect(await reconcileWith(promises, db)).toMatchObject([found]);
  const options = { undoUnknown: true };
  expect(await reconcileWith(promises, db, options)).toEqual([
    { id: "t0", is: "undone", why: "the engine knows of no run" },
  ]);
  expect(await reconcileWith(promises, db)).toEqual([]);
});

test("half a transfer that is for a person is undone by a run of another id, and is on the list no more", async () => {
  const forgotten = { forgotten: damages["half, and forgotten"] as Met };
  const { db, promises } = await openWith(forgotten);
  expect(await reconcileWith(promises, db)).toHaveLength(1);
  const resonate = new Resonate({ logLevel: "error" });
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", db);
  const undo = resonate.register("undo", payBackAlone);
  const paid = { ...order, id: "t0", amountCents: 1_00 };
  expect(await undo.run("undo-t0", await orderFor(db, paid))).toEqual({
    status: "compensated",
  });
  expect(await reconcileWith(promises, db)).toEqual([]);
});

test("an id that the ledger has nothing of is found where it is named, and its caller was told that it is committed", async () => {
  const { db } = await open();
  const run = { state: "resolved", args: [await orderFor(db)] };
  const promises = engineOf(
    new Map([
      ["t1", { ...run, value: { status: "committed" } }],
      ["t2", { ...run, value: { status: "compensated" } }],
    ]),
  );
  expect(await reconcileWith(promises, db)).toEqual([]);
  const ids = ["t1", "t2", "t3"];
  expect(await reconcileWith(promises, db, { ids })).toEqual([
    {
      ...{ id: "t1", is: "for a person" },
      why: "its caller was told committed, and nothing is here",
    },
    {
      ...{ id: "t3", is: "for a person" },
      why: "neither the ledger nor the engine has it",
    },
  ]);
});

test("an engine that does not answer is an error, and nothing is undone", async () => {
  const { db } = await openWith({
    half: sound["half, and past its deadline"] as Met,
  });
  const entries = await balances(db);
  const away = new Resonate({ url: "http://127.0.0.1:9", logLevel: "error" });
  onTestFinished(() => away.stop());
  await expect(reconcileWith(away.promises, db)).rejects.toThrow(
    "fetch failed",
  );
  expect(await balances(db)).toEqual(entries);
});

test("on a ledger of another file, whose orders are the same, nothing is undone for the engine of the first", async () => {
  const { db, promises, transfer } = await open();
  await transfer.run("t1", await orderFor(db));
  const other = openLedger();
  onTestFinished(() => void other.close());
  for (const account of ["alice", "bob", IN_TRANSIT])
    await openAccount(other, account, 200_00);
  const there = await orderFor(other);
  await meet(other, sound["half, and canceled"] as Met, there);
  expect(await reconcileWith(promises, other)).toEqual([
    { id: "t1", is: "for a person", why: "its run is for another ledger" },
  ]);
});

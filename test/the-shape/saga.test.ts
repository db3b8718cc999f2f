import { expect, onTestFinished, test, vi } from "vitest";
import { watch } from "#snippets/crash/watch.ts";
import { closeBob } from "#snippets/support/bank.ts";
import { openBank, order, startEngine } from "../support/bank.ts";
import { inRealTime } from "../support/place.ts";

test("a transfer that commits is a debit and a credit, and no reversal", async () => {
  const { db, held, kinds } = await openBank();
  const { transfers } = startEngine(db);
  expect(await transfers.run(order.id, order)).toEqual({
    transferId: order.id,
    status: "committed",
    source: "alice",
    target: "bob",
    amountCents: 50_00,
  });
  expect(await kinds()).toEqual(["debit", "credit"]);
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00 });
});

test("a rejected credit is compensated: a debit and a reversal, no credit, and the result says why", async () => {
  const { db, held, kinds } = await openBank();
  const { transfers } = startEngine(db);
  await closeBob(db, true);
  expect(await transfers.run(order.id, order)).toEqual({
    transferId: order.id,
    status: "compensated",
    reason: "account bob is closed",
  });
  expect(await kinds()).toEqual(["debit", "reversal"]);
  expect(await held()).toEqual({ alice: 200_00, bob: 0 });
});

test("a target that does not exist rejects the credit", async () => {
  const { db, kinds } = await openBank();
  const { transfers } = startEngine(db);
  expect(
    await transfers.run(order.id, { ...order, target: "nobody" }),
  ).toMatchObject({
    status: "compensated",
    reason: "there is no account nobody",
  });
  expect(await kinds()).toEqual(["debit", "reversal"]);
});

test("a transfer that was debited ends as committed or as compensated, and never as anything else", async () => {
  const { db, kinds } = await openBank();
  const { transfers } = startEngine(db);
  for (const amountCents of [1, 50_00, 200_00, 1_000_000_00])
    for (const target of ["bob", "nobody"])
      for (const isClosed of [false, true]) {
        await closeBob(db, isClosed);
        const id = `${amountCents} to ${target}, ${isClosed}`;
        const { status } = await transfers.run(id, {
          ...order,
          id,
          target,
          amountCents,
        });
        const commits = target === "bob" && !isClosed;
        expect(status, id).toBe(commits ? "committed" : "compensated");
        expect(await kinds(id), id).toEqual([
          "debit",
          commits ? "credit" : "reversal",
        ]);
      }
});

test("the credit is tried once, whatever it throws, and then the catch has it", async () => {
  const { db } = await openBank();
  let looks = 0;
  let tries = 0;
  let fails = true;
  const counting = watch(db, (proceed, values, { method }) => {
    if (method === "get" && values.length) looks += 1;
    if (values.includes("credit") && ++tries && fails)
      throw new Error("no answer");
    return proceed();
  });
  const { transfers } = startEngine(counting);
  await transfers.run(order.id, order);
  expect(tries).toBe(1);
  fails = false;
  await closeBob(db, true);
  await transfers.run("t2", { ...order, id: "t2" });
  expect({ looks, tries }).toEqual({ looks: 1, tries: 2 });
});

test("a debit or a reversal that fails is tried again and again", async ({
  skip,
}) => {
  skip(...inRealTime);
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { db, kinds } = await openBank();
  const failures = { debit: 0, reversal: 0 };
  const failing = watch(db, (proceed, values) => {
    for (const kind of ["debit", "reversal"] as const)
      if (values.includes(kind) && failures[kind]++ < 5)
        throw new Error(`the ${kind} fails`);
    return proceed();
  });
  const { transfers } = startEngine(failing);
  await closeBob(db, true);
  const ended = transfers.run(order.id, order);
  await vi.advanceTimersByTimeAsync(240_000);
  expect(await ended).toMatchObject({ status: "compensated" });
  expect(failures).toEqual({ debit: 6, reversal: 6 });
  expect(await kinds()).toEqual(["debit", "reversal"]);
});

test("each step's result is recorded before the next step starts", async () => {
  const { db } = await openBank();
  const seen: Record<string, string> = {};
  const watched = watch(db, async (proceed, values) => {
    const next = { credit: ["t1:0", "t1:1"], reversal: ["t2:1", "t2:2"] };
    for (const [kind, ids] of Object.entries(next))
      for (const id of values.includes(kind) ? ids : [])
        seen[id] ??= (await resonate.promises.get(id)).state;
    return proceed();
  });
  const { resonate, transfers } = startEngine(watched);
  await transfers.run(order.id, order);
  await closeBob(db, true);
  await transfers.run("t2", { ...order, id: "t2" });
  expect(seen).toEqual({
    "t1:0": "resolved",
    "t1:1": "pending",
    "t2:1": "rejected",
    "t2:2": "pending",
  });
  expect(await (await resonate.get("t1:0")).result()).toBe("applied");
  expect(await (await resonate.get("t1:1")).result()).toBe("applied");
});

test("the ledger has no column for the state of a transfer", async () => {
  const { db } = await openBank();
  const columns = db.prepare(
    `SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_info(t.name) c
     WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid`,
  );
  expect(columns.pluck().all()).toEqual([
    "accounts.id",
    "asked_again.op_id",
    "closed.account",
    "entries.op_id",
    "entries.transfer_id",
    "entries.account",
    "entries.amount_cents",
    "entries.kind",
    "ledger.id",
    "ledger.only_row",
  ]);
});

import { expect, test } from "vitest";
import { watch } from "#snippets/crash/watch.ts";
import { closeBob } from "#snippets/support/bank.ts";
import { entries, openBank, order, startEngine } from "../support/bank.ts";

const { credit } = entries;

// What the saga does not protect from

test("when a credit was made, but its answer is lost, the debit is reversed all the same: money is created", async () => {
  const { db, kinds } = await openBank({ createdCents: 50_00 });
  const losing = watch(db, async (proceed, values) => {
    const answer = await proceed();
    if (values.includes("credit")) throw new Error("the answer is lost");
    return answer;
  });
  const { transfers } = startEngine(losing);
  expect(await transfers.run(order.id, order)).toMatchObject({
    status: "compensated",
    reason: "the answer is lost",
  });
  expect(await kinds()).toEqual(["debit", "credit", "reversal"]);
});

test("a source that has not enough is debited all the same", async () => {
  const { db, held } = await openBank();
  const { transfers } = startEngine(db);
  await transfers.run(order.id, { ...order, amountCents: 200_01 });
  expect(await held()).toEqual({ alice: -1, bob: 200_01 });
});

test("between the debit and the credit the money is in neither account", async () => {
  const { db, held } = await openBank();
  let between: unknown;
  const watched = watch(db, async (proceed, values) => {
    if (values.includes("credit")) between = await held();
    return proceed();
  });
  await startEngine(watched).transfers.run(order.id, order);
  expect(between).toEqual({ alice: 150_00, bob: 0 });
});

// The two layers of idempotency

test("a run that has ended is not run again: the same id gets the same answer", async () => {
  const { db, kinds } = await openBank();
  let statements = 0;
  const counting = watch(db, (proceed) => {
    statements += 1;
    return proceed();
  });
  const { transfers } = startEngine(counting);
  const first = await transfers.run(order.id, order);
  const ran = statements;
  expect(ran).toBeGreaterThan(0);
  expect(await transfers.run(order.id, order)).toEqual(first);
  expect(statements).toBe(ran);
  expect(await kinds()).toEqual(["debit", "credit"]);
});

test("the same id on a fresh store runs the saga again, and no money moves if the target answers as before", async () => {
  const { db, held, kinds } = await openBank();
  const first = startEngine(db);
  await first.transfers.run("committed", { ...order, id: "committed" });
  await closeBob(db, true);
  await first.transfers.run("reversed", { ...order, id: "reversed" });
  await closeBob(db, false);
  const fresh = startEngine(db);
  await fresh.transfers.run("committed", { ...order, id: "committed" });
  await closeBob(db, true);
  await fresh.transfers.run("reversed", { ...order, id: "reversed" });
  const recorded = async (id: string) =>
    (await fresh.resonate.get(id)).result();
  for (const id of ["committed:0", "committed:1", "reversed:0", "reversed:2"])
    expect(await recorded(id), id).toBe("already applied");
  expect(await kinds("committed")).toEqual(["debit", "credit"]);
  expect(await kinds("reversed")).toEqual(["debit", "reversal"]);
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00 });
});

test("a credit that was made cannot be rejected any more", async () => {
  const { db, kinds } = await openBank();
  await startEngine(db).transfers.run(order.id, order);
  const fresh = startEngine(db);
  await closeBob(db, true);
  expect(await fresh.creditTarget(credit)).toBe("already applied");
  expect(await fresh.transfers.run(order.id, order)).toMatchObject({
    status: "committed",
  });
  expect(await kinds()).toEqual(["debit", "credit"]);
});

test("a target that closes after the credit was made, and before that was recorded, does not undo it", async () => {
  const { db, kinds } = await openBank();
  const forever = new Promise(() => {});
  const credited = Promise.withResolvers<void>();
  const dying = startEngine(
    watch(db, async (proceed, values) => {
      const result = await proceed();
      if (!values.includes("credit")) return result;
      credited.resolve();
      return forever; // the engine never hears of it
    }),
  );
  void dying.transfers.run(order.id, order);
  await credited.promise;
  expect(await kinds()).toEqual(["debit", "credit"]);
  expect((await dying.resonate.promises.get("t1:1")).state).toBe("pending");

  await closeBob(db, true);
  const again = () => startEngine(db).transfers.run(order.id, order);
  expect(await again()).toMatchObject({ status: "committed" });
  await closeBob(db, false);
  db.pragma("foreign_keys = OFF");
  db.exec("DELETE FROM accounts WHERE id = 'bob'");
  db.pragma("foreign_keys = ON");
  expect(await again()).toMatchObject({ status: "committed" });
  expect(await kinds()).toEqual(["debit", "credit"]);
});

// What operation ids do not protect from

test("a compensated id on a fresh store, and a target that has changed its mind: money is created", async () => {
  const { db, kinds } = await openBank({ createdCents: 50_00 });
  await closeBob(db, true);
  await startEngine(db).transfers.run(order.id, order);
  await closeBob(db, false);
  await startEngine(db).transfers.run(order.id, order);
  expect(await kinds()).toEqual(["debit", "reversal", "credit"]);
});

test("the same id with another amount, on a fresh store, is taken for the same transfer", async () => {
  const { db, held } = await openBank();
  await startEngine(db).transfers.run(order.id, order);
  const other = { ...order, amountCents: 99_00 };
  const answer = await startEngine(db).transfers.run(order.id, other);
  expect(answer).toMatchObject({ status: "committed" });
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00 });
});

test("ids that differ only in case are two transfers", async () => {
  const { db, held } = await openBank();
  const { transfers } = startEngine(db);
  await transfers.run("t1", order);
  await transfers.run("T1", { ...order, id: "T1" });
  expect(await held()).toEqual({ alice: 100_00, bob: 100_00 });
});

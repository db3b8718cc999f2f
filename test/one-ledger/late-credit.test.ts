import { Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test } from "vitest";
import { watch } from "#snippets/crash/watch.ts";
import { closeAccount, reopenAccount } from "#snippets/transfer/accounts.ts";
import { transferWithinLedger } from "#snippets/transfer/one-ledger/saga.ts";
import { entries, openBank, orderFor, startEngine } from "../support/bank.ts";
import { loseCredit } from "../support/lose-credit.ts";

const { debit, credit, reversal } = entries;
const before = { alice: 200_00, bob: 0 };

test("a credit that comes after its debit was undone is refused, and moves nothing", async () => {
  const { db, held, kinds } = await openBank();
  const { debitSource, undoDebit, creditTarget } = startEngine(db);
  await debitSource(debit);
  expect(await undoDebit()).toBe("undone");
  expect(await held()).toEqual(before);
  await expect(creditTarget(credit)).rejects.toMatchObject({
    name: "TransferRejected",
    message: "t1-credit was refused before",
  });
  expect(await held()).toEqual(before);
  expect(await kinds()).toEqual(["debit", "reversal", "refusal"]);
});

test("a debit is undone once, however often that is asked for", async () => {
  const { db, held } = await openBank();
  const { debitSource, undoDebit } = startEngine(db);
  await debitSource(debit);
  const answers = Array.from({ length: 10 }, () => undoDebit());
  expect(new Set(await Promise.all(answers))).toEqual(new Set(["undone"]));
  expect(await held()).toEqual(before);
});

test("what was not debited is not undone", async () => {
  const { db, kinds } = await openBank();
  const { undoDebit, debitSource } = startEngine(db);
  const no = { name: "TransferRejected", message: "t1 has debited nothing" };
  await expect(undoDebit()).rejects.toMatchObject(no);
  const tooMuch = { ...debit, amountCents: -200_01 };
  expect(await debitSource(tooMuch)).toBe("refused");
  await expect(undoDebit()).rejects.toMatchObject(no);
  expect(await kinds()).toEqual(["refusal"]);
});

test("an undo closes the credit's id, too, where the debit was reversed before, or the id was closed before", async () => {
  for (const first of ["reversal", "refusal"] as const) {
    const { db, held, kinds } = await openBank();
    const { debitSource, undoDebit, applyEntry } = startEngine(db);
    await debitSource(debit);
    const closed = { ...credit, account: "alice", amountCents: 0 };
    await applyEntry(
      first === "reversal" ? reversal : { ...closed, kind: "refusal" },
    );
    expect(await undoDebit()).toBe("undone");
    expect((await kinds()).toSorted()).toEqual([
      "debit",
      "refusal",
      "reversal",
    ]);
    expect(await held()).toEqual(before);
  }
});

test("a transfer that was compensated stays compensated, for an engine that knows nothing of it as well, whatever the target has changed", async () => {
  const { db, held, kinds } = await openBank();
  const order = await orderFor(db);
  for (const isClosed of [true, false]) {
    await (isClosed ? closeAccount : reopenAccount)(db, "bob");
    const resonate = new Resonate({ logLevel: "error" });
    onTestFinished(() => resonate.stop());
    resonate.setDependency("db", db);
    const saga = resonate.register("transfer", transferWithinLedger);
    expect(await saga.run("t1", order)).toMatchObject({
      status: "compensated",
    });
    expect(await kinds()).toEqual(["debit", "reversal", "refusal"]);
    expect(await held()).toEqual(before);
  }
});

test("an error that is no clear no undoes nothing: the credit that was made stays", async () => {
  const { db, kinds } = await openBank();
  await loseCredit(db, transferWithinLedger);
  expect(await kinds()).toEqual(["debit", "credit"]);
});

test("a credit that comes before its debit is undone counts: nothing is undone, and the transfer is committed", async () => {
  const { db, held, kinds } = await openBank();
  await closeAccount(db, "bob");
  const late = startEngine(db);
  let arrived = 0;
  const watched = watch(db, async (proceed, [opId], { method }) => {
    if (method === "run" && opId === "t1-reversal") {
      await reopenAccount(db, "bob");
      await late.creditTarget(credit);
      arrived += 1;
    }
    return proceed();
  });
  const resonate = new Resonate({ logLevel: "error" });
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", watched);
  const saga = resonate.register("transfer", transferWithinLedger);
  const end = await saga.run("t1", await orderFor(db));
  expect(end).toEqual({ status: "committed" });
  expect(arrived).toBe(1);
  expect(await kinds()).toEqual(["debit", "credit"]);
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00 });
});

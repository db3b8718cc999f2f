import { Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test } from "vitest";
import { watch } from "#snippets/crash/watch.ts";
import { closeAccount, reopenAccount } from "#snippets/transfer/accounts.ts";
import { transferWithinLedger } from "#snippets/transfer/one-ledger/saga.ts";
import { entries, openBank, orderFor, startEngine } from "../support/bank.ts";

const { debit, credit, reversal } = entries;
const before = { alice: 200_00, bob: 0 };

test("a credit that comes after its debit was undone is refused, and moves nothing", async () => {
  const { db, held, kinds } = await openBank();
  const { debitSource, undoDebit, creditTarget } = startEngine(db);
  await debitSource(debit);
  expect(await undoDebit(reversal, credit)).toBe("undone");
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
  const answers = Array.from({ length: 10 }, () => undoDebit(reversal, credit));
  expect(new Set(await Promise.all(answers))).toEqual(new Set(["undone"]));
  expect(await held()).toEqual(before);
});

test("an undo in an account that is not there is no answer", async () => {
  const { db } = await openBank();
  const nowhere = { ...reversal, account: "nobody" };
  await expect(
    startEngine(db).undoDebit(nowhere, credit),
  ).rejects.toMatchObject({ message: "there is no account nobody" });
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
  expect(await saga.run("t1", await orderFor(db))).toEqual({
    status: "committed",
  });
  expect(arrived).toBe(1);
  expect(await kinds()).toEqual(["debit", "credit"]);
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00 });
});

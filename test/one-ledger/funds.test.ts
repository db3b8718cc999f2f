import { Never, Resonate } from "@resonatehq/sdk";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import type { Saga } from "#snippets/crash-matrix/transfer-world.ts";
import { sagaWithout } from "#snippets/one-ledger/guards.ts";
import { transferWithinFunds } from "#snippets/one-ledger/within-funds.ts";
import type { LedgerDb } from "#snippets/transfer/ledger.ts";
import { debitSource } from "#snippets/transfer/one-ledger/debit-source.ts";
import { atOnce, drawn } from "../support/at-once.ts";
import { entries, openBank, orderFor, startEngine } from "../support/bank.ts";

const { debit } = entries;

/** Takes from alice all but so many cents. */
const leaveAlice = (cents: number) => ({
  ...debit,
  opId: "t2-debit",
  transferId: "t2",
  amountCents: cents - 200_00,
});

/** A saga in memory, on this ledger. */
function sagaOn(db: LedgerDb, saga: Saga) {
  const resonate = new Resonate({ logLevel: "error" });
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", db);
  return resonate.register("transfer", saga);
}

test("a debit that is refused is no error: the answer says so, nothing is undone, and whoever asks later hears the same", async () => {
  const { db, held, kinds } = await openBank();
  await startEngine(db).applyEntry(leaveAlice(49_99));
  const order = await orderFor(db);
  const no = { status: "refused", reason: "account alice holds too little" };
  expect(await sagaOn(db, transferWithinFunds).run("t1", order)).toEqual(no);
  expect(await kinds()).toEqual(["refusal"]);
  expect(await held()).toEqual({ alice: 49_99, bob: 0 });

  // An engine that knows nothing of the run, when there is enough.
  const back = { ...debit, kind: "credit" as const, transferId: "t3" };
  const salary = { ...back, opId: "t3-credit", amountCents: 150_01 };
  await startEngine(db).applyEntry(salary);
  expect(await sagaOn(db, transferWithinFunds).run("t1", order)).toEqual(no);
  expect(await kinds()).toEqual(["refusal"]);
});

test("an account can pay all that it holds, and not a cent more", async () => {
  const { db, held } = await openBank({ createdCents: -200_00 });
  const { debitSource } = startEngine(db);
  const more = { ...debit, opId: "t2-debit", amountCents: -200_01 };
  expect(await debitSource(more)).toBe("refused");
  const all = { ...debit, amountCents: -200_00 };
  expect(await debitSource(all)).toBe("made");
  expect(await held()).toMatchObject({ alice: 0 });
});

test("a debit that was made is not refused when it is asked for again, and nothing is left", async () => {
  const { db, held } = await openBank({ createdCents: -200_00 });
  const { applyEntry, debitSource } = startEngine(db);
  expect(await debitSource(debit)).toBe("made");
  await applyEntry({ ...leaveAlice(50_00), opId: "t3-debit" });
  expect(await held()).toMatchObject({ alice: 0 });
  expect(await debitSource(debit)).toBe("made");
  expect(await held()).toMatchObject({ alice: 0 });
});

test("a debit from an account that is not there, or in another ledger, is not a lack of funds", async () => {
  const { db, kinds } = await openBank();
  await expect(
    startEngine(db).debitSource({ ...debit, account: "nobody" }),
  ).rejects.toMatchObject({
    name: "TransferRejected",
    message: "there is no account nobody",
  });
  const resonate = new Resonate({ logLevel: "error" });
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", db);
  const leaf = resonate.register("leaf", debitSource);
  const once = resonate.options({ retryPolicy: new Never() });
  const elsewhere = { ...debit, ledgerId: "another" };
  await expect(leaf.run("elsewhere", elsewhere, once)).rejects.toThrow(
    "the order is for ledger another",
  );
  expect(await kinds()).toEqual([]);
});

test("transfers between three accounts at once, with amounts and an order of statements that are drawn: no account ever holds less than nothing, and what is refused has moved nothing", {
  timeout: 60_000,
}, async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(...drawn, async (opening, paid, order) => {
      const found = await atOnce(transferWithinFunds, opening, paid, order);
      expect(found.least).toBe(0);
      expect(found.heldCents).toBe(found.seededCents);
      for (const end of found.ended) seen.add(end);
    }),
    { seed: 1, numRuns: 100 },
  );
  expect([...seen].toSorted()).toEqual([
    "committed: debit,credit",
    "refused: refusal",
  ]);
});

test("a debit that looks first overdraws an account by two transfers at once", async () => {
  const each = { source: "alice", target: "bob", amountCents: 60_00 };
  const found = await fc.check(
    fc.asyncProperty(fc.scheduler(), async (order) => {
      const looksFirst = sagaWithout("one-statement");
      const two = await atOnce(looksFirst, [100_00], [each, each], order);
      expect(two.least).toBe(0);
    }),
    { seed: 1, endOnFailure: true },
  );
  expect(`${found.errorInstance}`).toContain("expected -2000 to be +0");
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { sagaWithout } from "#snippets/in-transit/guards.ts";
import { byNewEngine, upToCredit } from "#snippets/in-transit/new-engine.ts";
import { openAccount } from "#snippets/transfer/accounts.ts";
import { IN_TRANSIT } from "#snippets/transfer/in-transit/legs.ts";
import { transferInTransit } from "#snippets/transfer/in-transit/saga.ts";
import { transferWithinLedger } from "#snippets/transfer/one-ledger/saga.ts";
import { atOnce, drawn } from "../support/at-once.ts";
import { openBank, order } from "../support/bank.ts";
import { loseCredit } from "../support/lose-credit.ts";

test("transfers between three accounts at once, through the account in transit, in an order of statements that is drawn: no account is ever overdrawn, and after each statement all accounts hold what was put in", {
  timeout: 60_000,
}, async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(...drawn, async (opening, paid, order) => {
      const found = await atOnce(transferInTransit, opening, paid, order);
      expect([found.least, found.uneven]).toEqual([0, 0]);
      for (const end of found.ended) seen.add(end);
    }),
    { seed: 1, numRuns: 100 },
  );
  expect([...seen].toSorted()).toEqual([
    "committed: debit,debit,credit,credit",
    "refused: refusal",
  ]);
});

test("with the two rows of a debit by two statements, all accounts hold too little for a moment", async () => {
  const paid = { source: "alice", target: "bob", amountCents: 60_00 };
  const found = await fc.check(
    fc.asyncProperty(fc.scheduler(), async (order) => {
      const byTwo = sagaWithout("both-rows");
      const { uneven } = await atOnce(byTwo, [100_00], [paid], order);
      expect(uneven).toBe(0);
    }),
    { seed: 1, endOnFailure: true },
  );
  expect(`${found.errorInstance}`).toContain("expected -6000 to be +0");
});

/** A ledger with the account in transit. */
async function open(createdCents = 0) {
  const bank = await openBank({ createdCents });
  await openAccount(bank.db, IN_TRANSIT, 0);
  return bank;
}

test("an order under the id of one that was debited creates money, where nothing compares them", async () => {
  const { db, held } = await open(10_00);
  await upToCredit(db, transferWithinLedger, order);
  const more = { ...order, amountCents: 60_00 };
  expect(await byNewEngine(db, transferWithinLedger, more)).toBe("committed");
  expect(await held()).toEqual({ alice: 150_00, bob: 60_00, [IN_TRANSIT]: 0 });
});

test("an order under the id of one that was debited, or made, ends by an error that names both amounts, and moves nothing", async () => {
  const { db, held } = await open();
  const more = { ...order, amountCents: 60_00 };
  const again = () => byNewEngine(db, transferInTransit, more);
  const conflict =
    "OperationConflict: t1-debit is asked for as a debit of -6000 cents, alice: it is a debit of -5000 cents, alice";
  await upToCredit(db, transferInTransit, order);
  expect(await again()).toBe(conflict);
  expect(await held()).toEqual({ alice: 150_00, bob: 0, [IN_TRANSIT]: 50_00 });
  expect(await byNewEngine(db, transferInTransit, order)).toBe("committed");
  expect(await again()).toBe(conflict);
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00, [IN_TRANSIT]: 0 });
});

test("an engine that has forgotten a transfer runs it again, and the ledger's operation ids stop a second debit", async () => {
  const { db, held, kinds } = await open();
  for (const _ of [1, 2, 3]) {
    expect(await byNewEngine(db, transferInTransit, order)).toBe("committed");
    expect(await kinds()).toEqual(["debit", "debit", "credit", "credit"]);
  }
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00, [IN_TRANSIT]: 0 });
});

test("an error of the credit that is no clear no pays nothing back, through the account in transit as well", async () => {
  const { db, kinds, held } = await open();
  await loseCredit(db, transferInTransit);
  expect(await kinds()).toEqual(["debit", "debit", "credit", "credit"]);
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00, [IN_TRANSIT]: 0 });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import {
  audit,
  balances,
  entriesOf,
  ledgerIdOf,
  openAccount,
} from "#snippets/transfer/accounts.ts";
import type { Order } from "#snippets/transfer/check-transfer.ts";
import { IN_TRANSIT } from "#snippets/transfer/in-transit/legs.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { reconcileWith } from "#snippets/transfer/reconcile/with-engine.ts";
import {
  damages,
  engineOf,
  type Met,
  meet,
  type Run,
  sound,
  toFind,
} from "../support/damages.ts";

const all: Record<string, Met> = { ...sound, ...damages };
const accounts = ["alice", "bob", "carol", "eve"];

/** A transfer, sound or damaged. */
interface Drawn {
  what: string;
  way: string[];
  amountCents: number;
}
const transfers = fc.array<Drawn>(
  fc.record({
    what: fc.constantFrom(...Object.keys(all)),
    way: fc.shuffledSubarray(["alice", "bob", "carol"], { minLength: 2 }),
    amountCents: fc.integer({ min: 2, max: 100_00 }),
  }),
  { minLength: 1, maxLength: 8 },
);

/** A ledger with these, and an engine that knows of them. */
async function open(drawn: Drawn[]) {
  const db = openLedger();
  for (const account of accounts) await openAccount(db, account, 10_000_00);
  for (const account of [IN_TRANSIT, "closed"])
    await openAccount(db, account, 0);
  const ledgerId = await ledgerIdOf(db);
  const runs = new Map<string, Run>();
  const met: { is: Met; order: Order }[] = [];
  for (const [nth, { what, way, amountCents }] of drawn.entries()) {
    const is = all[what] as Met;
    const [source = "", target = ""] = way;
    const to = is.isClosed ? "closed" : target;
    const order = { id: `t${nth}`, source, target: to, amountCents, ledgerId };
    const run = await meet(db, is, order);
    if (run) runs.set(order.id, run);
    met.push({ is, order });
  }
  const everything = async () =>
    JSON.stringify(
      await Promise.all(met.map(({ order }) => entriesOf(db, order.id))),
    );
  return { db, met, promises: engineOf(runs), everything };
}

test("in a thousand damaged ledgers each damage is found and named, and none that is not there; what can be is finished or undone, a second time nothing changes, and no money is made or lost", {
  timeout: 120_000,
}, async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(transfers, async (drawn) => {
      const { db, met, promises, everything } = await open(drawn);
      const before = await audit(db);
      const expected = met.flatMap(({ is, order }) => toFind(is, order));
      expect(await reconcileWith(promises, db)).toEqual(expected);
      for (const { what } of drawn) seen.add(what);

      const after = await everything();
      const rest = ["under way", "for a person"];
      expect(await reconcileWith(promises, db)).toEqual(
        expected.filter(({ is }) => rest.includes(is)),
      );
      expect(await everything()).toBe(after);
      expect(await audit(db)).toEqual(before);
      db.close();
    }),
    { seed: 1, numRuns: 1_000 },
  );
  expect([...seen].toSorted()).toEqual(Object.keys(all).toSorted());
});

test("what is finished or undone leaves nothing in transit, and what is for a person is not touched", async () => {
  for (const [what, is] of Object.entries(all)) {
    const { db, promises, everything } = await open([
      { what, way: ["alice", "bob"], amountCents: 50_00 },
    ]);
    const before = await everything();
    await reconcileWith(promises, db);
    const held = await balances(db);
    const transit = held.find(({ account }) => account === IN_TRANSIT);
    if (is.finds === "for a person" || is.finds === "under way" || !is.finds)
      expect(await everything(), what).toBe(before);
    else expect(transit?.cents, what).toBe(0);
    db.close();
  }
});

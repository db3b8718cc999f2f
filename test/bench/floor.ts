import { type Context, Resonate } from "@resonatehq/sdk";
import { silence } from "../../snippets/crash/silence.ts";
import type { Order } from "../../snippets/transfer/check-transfer.ts";
import { entriesFor } from "../../snippets/transfer/entries-for.ts";
import {
  applyEntry,
  creditTarget,
  type EntryFor,
  type LedgerDb,
} from "../../snippets/transfer/ledger.ts";
import { transferMoney } from "../../snippets/transfer/transfer-money.ts";
import { inTurns } from "./in-turns.ts";
import { type Bench, openBench } from "./open-bench.ts";

/**
 * What the ledger's code adds to its database, and the engine to both: the
 * statements of a transfer as a program without any of them would send them; the
 * leaves; the statements after a run whose leaves are empty; a transfer.
 */
export async function measureFloor(place: () => string, rounds: number) {
  const ledgers = await Promise.all([1, 2, 3, 4].map(() => openBench(place())));
  const [forBare, forLeaves, forEmpty, forTransfer] = ledgers as [
    Bench,
    Bench,
    Bench,
    Bench,
  ];
  const bare = await bareWrites(forBare);
  const bareAfter = await bareWrites(forEmpty);
  const empty = new Resonate({ logger: silence });
  const run = empty.register("empty", emptySaga);
  const full = new Resonate({ logger: silence });
  full.setDependency("db", forTransfer.db);
  const transfer = full.register("transferMoney", transferMoney);

  const ledger = await inTurns(
    {
      bare: (nth) => bare(forBare.order(nth)),
      leaves: (nth) => leaves(forLeaves.db, forLeaves.order(nth)),
    },
    rounds * 5,
  );
  const engine = await inTurns(
    {
      async emptyAndBare(nth) {
        const order = forEmpty.order(nth);
        await run.run(order.id, order);
        bareAfter(order);
      },
      transfer(nth) {
        const order = forTransfer.order(nth);
        return transfer.run(order.id, order);
      },
    },
    rounds,
  );
  await empty.stop();
  await full.stop();
  for (const { db } of ledgers) db.close();
  return { ...ledger, ...engine };
}

/** The shape of the saga, with nothing to do in its steps. */
function* emptySaga(ctx: Context, order: Order) {
  const { debit, credit } = entriesFor(order);
  yield* ctx.run(nothing, debit);
  yield* ctx.run(nothing, credit);
  return { transferId: order.id, status: "committed" };
}
const nothing = async (_ctx: Context, _entry: EntryFor) => "applied";

/** The leaves' own statements, compiled once, and sent without the leaves. */
async function bareWrites({ db, order }: Bench) {
  const [debit, credit] = await statementsOf(db, order(-1));
  const [toDebit, toCredit] = [db.prepare(debit), db.prepare(credit)];
  return (order: Order) => {
    const { debit, credit } = entriesFor(order);
    toDebit.run(...valuesOf(debit));
    toCredit.run(...valuesOf(credit));
  };
}

/** What the leaves send, when nothing is refused. */
export async function statementsOf(db: LedgerDb, order: Order) {
  const sent: string[] = [];
  const spy: LedgerDb = {
    prepare(sql) {
      sent.push(sql);
      return db.prepare(sql);
    },
  };
  await leaves(spy, order);
  const [debit, credit] = sent;
  if (!debit || !credit || sent.length > 2)
    throw new Error("a leaf is no longer one statement");
  return [debit, credit] as const;
}

/** Both of them, one after the other, without an engine. */
export async function leaves(db: LedgerDb, order: Order) {
  const ctx = { getDependency: () => db } as unknown as Context;
  const { debit, credit } = entriesFor(order);
  await applyEntry(ctx, debit);
  await creditTarget(ctx, credit);
}

export const valuesOf = (entry: EntryFor) => [
  ...[entry.opId, entry.transferId, entry.amountCents, entry.kind],
  ...[entry.account, entry.ledgerId],
];

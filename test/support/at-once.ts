import { Resonate } from "@resonatehq/sdk";
import fc from "fast-check";
import { watch } from "#snippets/crash/watch.ts";
import type { Saga } from "#snippets/crash-matrix/transfer-world.ts";
import {
  audit,
  balances,
  entriesOf,
  openAccount,
} from "#snippets/transfer/accounts.ts";
import {
  checkTransfer,
  type Transfer,
} from "#snippets/transfer/check-transfer.ts";
import { IN_TRANSIT } from "#snippets/transfer/in-transit/legs.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";

const accounts = ["alice", "bob", "carol"];

/** Transfers at once, whose statements come in an order that is drawn. */
export async function atOnce(
  saga: Saga,
  opening: number[],
  paid: Omit<Transfer, "id">[],
  order: fc.Scheduler,
) {
  const db = openLedger();
  for (const [nth, account] of accounts.entries())
    await openAccount(db, account, opening[nth] ?? 0);
  await openAccount(db, IN_TRANSIT, 0);
  const resonate = new Resonate({ logLevel: "error" });
  const seen = { least: 0, uneven: 0 };
  const drawn = watch(db, async (proceed) => {
    await order.schedule(Promise.resolve());
    const answer = proceed();
    for (const { cents } of await balances(db))
      seen.least = Math.min(seen.least, cents);
    const { seededCents, heldCents } = await audit(db);
    seen.uneven ||= heldCents - seededCents;
    return answer;
  });
  resonate.setDependency("db", drawn);
  const made = resonate.register("transfer", saga);
  const ends = paid.map(async (each, nth) => {
    const asked = await checkTransfer({ ...each, id: `t${nth}` }, db);
    const { status } = await made.run(asked.id, asked);
    const kinds = (await entriesOf(db, asked.id)).map(({ kind }) => kind);
    return `${status}: ${kinds}`;
  });
  const ended = await order.waitFor(Promise.all(ends));
  await resonate.stop();
  const sums = await audit(db);
  db.close();
  return { ...seen, ended, ...sums };
}

const amount = fc.integer({ min: 1, max: 120_00 });
const transfers = fc.array(
  fc
    .tuple(fc.shuffledSubarray(accounts, { minLength: 2 }), amount)
    .map(([[source = "", target = ""], amountCents]) => ({
      source,
      target,
      amountCents,
    })),
  { minLength: 2, maxLength: 8 },
);

/** What each account opens with, the transfers, and the order. */
export const drawn = [
  fc.tuple(amount, amount, amount),
  transfers,
  fc.scheduler(),
] as const;

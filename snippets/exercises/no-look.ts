import { type Context, Never } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import {
  applyEntry,
  type EntryFor,
  type LedgerDb,
  TransferRejected,
} from "../transfer/ledger.ts";

async function creditIfOpen(ctx: Context, credit: EntryFor) {
  const db = ctx.getDependency("db") as LedgerDb;
  const sql = "SELECT 1 FROM closed WHERE account = ?";
  if (await db.prepare(sql).get(credit.account))
    throw new TransferRejected("the account is closed");
  return applyEntry(ctx, credit);
}

/** Flawed: do not copy. It may say no to what was made. */
export function* transfer(ctx: Context, order: Order) {
  const { debit, credit, reversal } = entriesFor(order);
  const once = ctx.options({ retryPolicy: new Never() });
  yield* ctx.run(applyEntry, debit, once);
  try {
    yield* ctx.run(creditIfOpen, credit, once);
  } catch {
    yield* ctx.run(applyEntry, reversal);
    return { status: "compensated" };
  }
  return { status: "committed" };
}

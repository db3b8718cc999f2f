import { type Context, Never } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import {
  applyEntry,
  type Entry,
  type EntryFor,
  type LedgerDb,
  TransferRejected,
} from "../transfer/ledger.ts";
import type { Made } from "./sagas.ts";

// #region no-key
async function insert(ctx: Context, entry: Entry) {
  const { opId, transferId, account, amountCents, kind } = entry;
  const db = ctx.getDependency("db") as LedgerDb;
  await db
    .prepare("INSERT INTO entries VALUES (?, ?, ?, ?, ?)")
    .run(opId, transferId, account, amountCents, kind);
}
/** Flawed: do not copy. It counts on a key that is not there. */
export function* withoutKey(ctx: Context, order: Order): Made {
  const { debit, credit } = entriesFor(order);
  const once = ctx.options({ retryPolicy: new Never() });
  yield* ctx.run(insert, debit, once);
  yield* ctx.run(insert, credit);
  return { status: "committed" };
}
// #endregion no-key

// #region no-look
async function creditIfOpen(ctx: Context, credit: EntryFor) {
  const db = ctx.getDependency("db") as LedgerDb;
  const sql = "SELECT 1 FROM closed WHERE account = ?";
  if (await db.prepare(sql).get(credit.account))
    throw new TransferRejected("no");
  return applyEntry(ctx, credit);
}
/** Flawed: do not copy. It says no to what was made. */
export function* withoutLook(ctx: Context, order: Order): Made {
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
// #endregion no-look

// #region as-argument
async function applyTo(_: Context, db: LedgerDb, entry: Entry) {
  const { opId, transferId, account, amountCents, kind } = entry;
  const sql = "INSERT INTO entries VALUES (?, ?, ?, ?, ?)";
  await db
    .prepare(sql)
    .run(opId, transferId, account, amountCents, kind);
}
/** Flawed: do not copy. The ledger is an argument. */
export function* withArgument(
  ctx: Context,
  order: Order & { db?: LedgerDb },
): Made {
  const { db } = order as { db: LedgerDb };
  const { debit, credit } = entriesFor(order);
  const once = ctx.options({ retryPolicy: new Never() });
  yield* ctx.run(applyTo, db, debit, once);
  yield* ctx.run(applyTo, db, credit, once);
  return { status: "committed" };
}
// #endregion as-argument

import type { Order } from "../transfer/check-transfer.ts";
import { legsFor } from "../transfer/in-transit/legs.ts";
import { post } from "../transfer/in-transit/post.ts";
import type { LedgerDb } from "../transfer/ledger.ts";

// #region by-hand
/** Flawed: do not copy. It pays back, and closes no id. */
export async function payBackByHand(db: LedgerDb, order: Order) {
  await post(db, legsFor(order).reversal, "TRUE");
}
// #endregion by-hand

import type { Transfer } from "../transfer/check-transfer.ts";
import type { LedgerDb } from "../transfer/ledger.ts";

// #region naive
/**
 * Flawed: do not copy. Two plain writes: what if the process ends
 * between them?
 */
export async function naiveTransfer(db: LedgerDb, transfer: Transfer) {
  const { id, source, target, amountCents } = transfer;
  const write = db.prepare(
    "INSERT INTO entries VALUES (?, ?, ?, ?, ?)",
  );
  await write.run(`${id}-debit`, id, source, -amountCents, "debit");
  await write.run(`${id}-credit`, id, target, amountCents, "credit");
}
// #endregion naive

import type { Database } from "better-sqlite3";
import {
  checkForm,
  type Transfer,
} from "../transfer/check-transfer.ts";

// #region transfer-in-one
/**
 * Makes both entries or neither, once, however often it is called.
 * Throws when one cannot be made, and when a saga made one of them.
 * Then this made none, and has nothing to reverse.
 */
export function transferInOne(db: Database, transfer: Transfer) {
  checkForm(transfer);
  const { id, source, target, amountCents } = transfer;
  const write = db.prepare(
    `INSERT INTO entries VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (op_id) DO NOTHING`,
  );
  const isClosed = db.prepare("SELECT 1 FROM closed WHERE account = ?");
  const both = db.transaction(() => {
    const debit = [`${id}-debit`, id, source, -amountCents, "debit"];
    const credit = [`${id}-credit`, id, target, amountCents, "credit"];
    const [one, other] = [write.run(debit), write.run(credit)];
    if (one.changes !== other.changes)
      throw new Error(`${id} was begun by a saga: let it end there`);
    if (one.changes === 1 && isClosed.get(target))
      throw new Error(`account ${target} is closed`);
  });
  both.immediate();
}
// #endregion transfer-in-one

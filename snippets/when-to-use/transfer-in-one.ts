import type { Database } from "better-sqlite3";
import { checkForm, type Transfer } from "../check-transfer.ts";

// #region transfer-in-one
/**
 * Makes both entries or neither, once, however often it is called.
 * Throws when one cannot be made; then there is nothing to reverse.
 */
export function transferInOne(db: Database, transfer: Transfer) {
  checkForm(transfer);
  const { id, source, target, amountCents } = transfer;
  const write = db.prepare(
    `INSERT INTO entries VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (op_id) DO NOTHING`,
  );
  const both = db.transaction(() => {
    write.run(`${id}-debit`, id, source, -amountCents, "debit");
    write.run(`${id}-credit`, id, target, amountCents, "credit");
  });
  both.immediate();
}
// #endregion transfer-in-one

import { audit } from "../transfer/accounts.ts";
import type { LedgerDb } from "../transfer/ledger.ts";

// #region count-made
/** How many transfers a ledger has, its entries, and its cents. */
export async function countMade(db: LedgerDb) {
  const sql = `SELECT COUNT(*) AS entries,
      COUNT(DISTINCT transfer_id) AS made
    FROM entries WHERE kind <> 'seed'`;
  const found = await db.prepare(sql).get();
  const { entries, made } = found as { entries: number; made: number };
  return { entries, made, ...(await audit(db)) };
}
// #endregion count-made

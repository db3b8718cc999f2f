import { formatCents } from "../support/format-cents.ts";
import { audit } from "../transfer/accounts.ts";
import type { LedgerDb } from "../transfer/ledger.ts";

// #region count-made
/** How many transfers the ledger has, by how many entries. */
export async function countMade(db: LedgerDb): Promise<string> {
  const sql = `SELECT COUNT(*) AS entries,
      COUNT(DISTINCT transfer_id) AS made
    FROM entries WHERE kind <> 'seed'`;
  const found = await db.prepare(sql).get();
  const { entries, made } = found as Record<string, number>;
  const { heldCents, seededCents } = await audit(db);
  const [held, seeded] = [heldCents, seededCents].map(formatCents);
  return `${made} made by ${entries} entries\nsum ${held} of ${seeded}`;
}
// #endregion count-made

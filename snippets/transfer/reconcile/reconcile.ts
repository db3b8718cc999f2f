import { entriesOf, ledgerIdOf } from "../accounts.ts";
import type { LedgerDb } from "../ledger.ts";
import type { Asked } from "./ask-engine.ts";
import { type Means, type Settled, settleOne } from "./settle-one.ts";
import { standingOf } from "./standing.ts";

/** What reconciliation found of one transfer, and did. */
export type Finding = Settled & { id: string };

// #region reconcile
/**
 * Looks at each transfer of this ledger, and asks the engine of it. A
 * transfer that was only debited, and that nobody works on any more, is
 * finished where its caller was told so, and else undone. What is wrong
 * is not touched: it is for a person. Tells of each at once, and gives
 * all but those that have ended as they should. Looks at these ids as
 * well, of which the ledger may know nothing. Safe to run again, while
 * transfers run, and from two places at once.
 */
export async function reconcile(
  db: LedgerDb,
  ask: (id: string) => Promise<Asked>,
  means: Means,
  ids: string[] = [],
  tell: (finding: Finding) => void = () => {},
): Promise<Finding[]> {
  const ledgerId = await ledgerIdOf(db);
  const findings: Finding[] = [];
  const all = new Set([...(await transfersIn(db)), ...ids]);
  for (const id of all) {
    // First ask, then look: what has ended is all there by then.
    let asked = await ask(id);
    const standing = standingOf(id, await entriesOf(db, id));
    // It may have begun meanwhile.
    if (asked.is === "unknown" && standing.is === "half")
      asked = await ask(id);
    const {
      source = "",
      amountCents = 0,
      target = "",
    } = {
      ...asked.order,
      ...(standing.is === "half" && standing),
    };
    const order = { id, source, target, amountCents, ledgerId };
    const found = await settleOne(order, standing, asked, means);
    if (!found) continue;
    findings.push({ id, ...found });
    tell({ id, ...found });
  }
  return findings;
}

/** The ids of all transfers that have entries here. */
async function transfersIn(db: LedgerDb): Promise<string[]> {
  const sql = `SELECT DISTINCT transfer_id AS id FROM entries
    WHERE transfer_id IS NOT NULL ORDER BY transfer_id`;
  const rows = (await db.prepare(sql).all()) as { id: string }[];
  return rows.map(({ id }) => id);
}
// #endregion reconcile

import { audit } from "../transfer/accounts.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import type { BankResult } from "../transfer/two-banks/saga.ts";
import type { Stores } from "./open-banks.ts";

/** The entries that each end has, at either bank. */
const ends: Record<BankResult["status"], string> = {
  committed: "credit, debit",
  compensated: "debit, reversal",
  refused: "",
  "written off": "debit, write-off",
};

// #region judge
/**
 * Counts how the transfers ended, and all the money. Throws when a
 * transfer has other entries than its end has.
 */
export async function judge(
  { east, west }: Stores,
  results: BankResult[],
) {
  const counts: Record<string, number> = {};
  for (const { transferId, status } of results) {
    counts[status] = (counts[status] ?? 0) + 1;
    const kinds = [
      ...(await kindsOf(east, transferId)),
      ...(await kindsOf(west, transferId)),
    ];
    const made = kinds.sort().join(", ");
    if (made !== ends[status])
      throw new Error(`${transferId} ${status}, and there is ${made}`);
  }
  const [here, there] = [await audit(east), await audit(west)];
  return {
    counts,
    heldCents: here.heldCents + there.heldCents,
    seededCents: here.seededCents + there.seededCents,
  };
}

async function kindsOf(db: LedgerDb, transferId: string) {
  const sql = "SELECT kind FROM entries WHERE transfer_id = ?";
  const rows = (await db.prepare(sql).all(transferId)) as {
    kind: string;
  }[];
  return rows.map(({ kind }) => kind);
}
// #endregion judge

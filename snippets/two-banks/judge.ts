import type { BankResult } from "../transfer/two-banks/saga.ts";
import { checkEntries } from "./ends.ts";
import { type Stores, sumsOf } from "./open-banks.ts";

// #region judge
/**
 * Counts how the transfers ended, and all the money. Throws when a
 * transfer has other entries than its end has.
 */
export async function judge(stores: Stores, results: BankResult[]) {
  const counts: Record<string, number> = {};
  for (const { transferId, status } of results) {
    counts[status] = (counts[status] ?? 0) + 1;
    await checkEntries(stores, transferId, status);
  }
  return { counts, ...(await sumsOf(stores)) };
}
// #endregion judge

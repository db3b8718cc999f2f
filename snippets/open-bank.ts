import { openAccounts } from "./bank.ts";
import { openLedger } from "./open-ledger.ts";

// #region open-bank
/** A ledger with these accounts, in memory or in `file`. */
export async function openBank(file?: string) {
  const db = openLedger(file);
  await openAccounts(db);
  return db;
}
// #endregion open-bank

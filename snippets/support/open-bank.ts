import { openLedger } from "../transfer/open-ledger.ts";
import { openAccounts } from "./bank.ts";

// #region open-bank
/** A ledger with these accounts, in memory or in `file`. */
export async function openBank(file?: string) {
  const db = openLedger(file);
  await openAccounts(db);
  return db;
}
// #endregion open-bank

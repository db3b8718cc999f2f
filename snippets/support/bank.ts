import {
  closeAccount,
  openAccount,
  reopenAccount,
} from "../transfer/accounts.ts";
import type { Transfer } from "../transfer/check-transfer.ts";
import type { LedgerDb } from "../transfer/ledger.ts";

// #region bank
/** The accounts of most examples: alice has 200.00, bob nothing. */
export async function openAccounts(db: LedgerDb): Promise<void> {
  await openAccount(db, "alice", 200_00);
  await openAccount(db, "bob", 0);
}

/** Closes bob's account, or opens it again. */
export function closeBob(db: LedgerDb, isClosed: boolean) {
  const close = isClosed ? closeAccount : reopenAccount;
  return close(db, "bob");
}

/** The order of most examples: 50.00 from alice to bob. */
export function alicePaysBob(id: string): Transfer {
  return { id, source: "alice", target: "bob", amountCents: 50_00 };
}
// #endregion bank

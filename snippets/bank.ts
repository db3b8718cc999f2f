import { openAccount } from "./accounts.ts";
import type { Transfer } from "./check-transfer.ts";
import { openLedger } from "./open-ledger.ts";

// #region bank
/** A ledger, in memory or in `file`: alice has 200.00, bob nothing. */
export async function openBank(file?: string) {
  const db = openLedger(file);
  await openAccount(db, "alice", 200_00);
  await openAccount(db, "bob", 0);
  return db;
}

/** The order of most examples: 50.00 from alice to bob. */
export function alicePaysBob(id: string): Transfer {
  return { id, source: "alice", target: "bob", amountCents: 50_00 };
}
// #endregion bank

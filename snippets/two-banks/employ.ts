import type { Context, Resonate } from "@resonatehq/sdk";
import type { LedgerDb } from "../transfer/ledger.ts";
import type { Bank } from "../transfer/two-banks/ask-bank.ts";
import type { BankOrder } from "../transfer/two-banks/bank-order.ts";
import type { Alert } from "../transfer/two-banks/park.ts";

// #region employ
export type Saga = (ctx: Context, order: BankOrder) => Generator;

/** Has this client make such transfers, by any saga. */
export function employ(
  resonate: Resonate,
  saga: Saga,
  has: {
    banks: Record<string, Bank>;
    parked: LedgerDb;
    alert: Alert;
  },
): Resonate {
  for (const [name, value] of Object.entries(has))
    resonate.setDependency(name, value);
  resonate.register("transferBetweenBanks", saga);
  return resonate;
}
// #endregion employ

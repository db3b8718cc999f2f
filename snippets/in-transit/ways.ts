import type { Saga } from "../crash-matrix/transfer-world.ts";
import { transferInTransit } from "../transfer/in-transit/saga.ts";
import { transferWithinLedger } from "../transfer/one-ledger/saga.ts";

// #region ways
/** The way that the money takes. */
export const ways = {
  "from account to account": transferWithinLedger,
  "through the account in transit": transferInTransit,
} satisfies Record<string, Saga>;
export type Way = keyof typeof ways;
// #endregion ways

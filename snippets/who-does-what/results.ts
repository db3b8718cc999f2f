import type { TransferResult } from "../transfer-money.ts";

export type Made = Generator<unknown, TransferResult>;

// #region results
export const committed = (transferId: string): TransferResult => ({
  transferId,
  status: "committed",
});
export const compensated = (transferId: string): TransferResult => ({
  transferId,
  status: "compensated",
  reason: "the target rejects the credit",
});
// #endregion results

import type { Context } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";

// #region ask-limit
/** Leaf. Says whether the order keeps to the limit of 1,000.00. */
export async function askLimit(_ctx: Context, { amountCents }: Order) {
  return amountCents > 1_000_00 ? "exceeded" : "kept";
}
// #endregion ask-limit

import type { Context } from "@resonatehq/sdk";
import { askBank } from "../../transfer/two-banks/ask-bank.ts";
import type { Asked } from "../../transfer/two-banks/bank-order.ts";

// #region ask-once
/** One try, and what it means, as a step. */
export function askOnce(ctx: Context, { at, operation }: Asked) {
  return ctx.run(askBank, { at, does: "make", operation, sinceMs: 0 });
}
// #endregion ask-once

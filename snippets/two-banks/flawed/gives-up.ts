import type { Context } from "@resonatehq/sdk";
import {
  type BankOrder,
  operationsFor,
} from "../../transfer/two-banks/bank-order.ts";
import { settle } from "../../transfer/two-banks/settle.ts";
import { scenario as ours, workOf } from "../scenario.ts";
import { askOnce } from "./ask-once.ts";

// #region gives-up
/**
 * Flawed: do not copy. It asks once more, and then does not
 * close the key of the credit before it undoes the debit.
 */
export function* givesUp(ctx: Context, order: BankOrder) {
  const { debit, credit, reversal } = operationsFor(order);
  const paid = yield* settle(ctx, debit, 0, order.patience);
  if (paid.is === "refused") return { status: "refused" };
  for (let tries = 0; tries < 2; tries += 1) {
    const got = yield* askOnce(ctx, credit);
    if (got.is === "made") return { status: "committed" };
    if (got.is === "refused") break;
    yield* ctx.sleep(1_000);
  }
  yield* settle(ctx, reversal(1), 0, order.patience);
  return { status: "compensated" };
}
// #endregion gives-up

export const scenario = { ...ours, work: workOf(givesUp) };

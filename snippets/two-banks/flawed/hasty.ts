import type { Context } from "@resonatehq/sdk";
import {
  type BankOrder,
  operationsFor,
} from "../../transfer/two-banks/bank-order.ts";
import { scenario as ours, workOf } from "../scenario.ts";
import { askOnce } from "./ask-once.ts";

// #region hasty
/** Flawed: do not copy. It takes an answer that is lost for a no. */
export function* hasty(ctx: Context, order: BankOrder) {
  const { debit, credit, reversal } = operationsFor(order);
  const paid = yield* askOnce(ctx, debit);
  if (paid.is !== "made") return { status: "refused" };
  const got = yield* askOnce(ctx, credit);
  if (got.is === "made") return { status: "committed" };
  yield* askOnce(ctx, reversal(1));
  return { status: "compensated" };
}
// #endregion hasty

export const scenario = { ...ours, work: workOf(hasty) };

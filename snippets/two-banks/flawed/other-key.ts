import type { Context } from "@resonatehq/sdk";
import {
  type BankOrder,
  operationsFor,
} from "../../transfer/two-banks/bank-order.ts";
import { settle } from "../../transfer/two-banks/settle.ts";
import { scenario as ours, workOf } from "../scenario.ts";
import { askOnce } from "./ask-once.ts";

// #region other-key
/** Flawed: do not copy. Each time it asks, it is for another credit. */
export function* otherKey(ctx: Context, order: BankOrder) {
  const { debit, credit, reversal } = operationsFor(order);
  const paid = yield* settle(ctx, debit, 0, order.patience);
  if (paid.is === "refused") return { status: "refused" };
  for (let nth = 1; ; nth += 1) {
    const { operation } = credit;
    const key = nth === 1 ? operation.key : `${nth}-${operation.key}`;
    const another = { ...credit, operation: { ...operation, key } };
    const got = yield* askOnce(ctx, another);
    if (got.is === "made") return { status: "committed" };
    if (got.is === "refused") break;
    yield* ctx.sleep(1_000);
  }
  yield* settle(ctx, reversal(1), 0, order.patience);
  return { status: "compensated" };
}
// #endregion other-key

export const scenario = { ...ours, work: workOf(otherKey) };

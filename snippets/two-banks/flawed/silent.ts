import type { Context } from "@resonatehq/sdk";
import {
  type BankOrder,
  operationsFor,
} from "../../transfer/two-banks/bank-order.ts";
import { settle } from "../../transfer/two-banks/settle.ts";
import { scenario as ours, workOf } from "../scenario.ts";

// #region silent
/** Flawed: do not copy. It waits for a person whom nobody calls. */
export function* silent(ctx: Context, order: BankOrder) {
  const { debit, credit, reversal } = operationsFor(order);
  const { patience } = order;
  const paid = yield* settle(ctx, debit, 0, patience);
  if (paid.is === "refused") return { status: "refused" };
  const got = yield* settle(ctx, credit, 0, patience);
  if (got.is === "made") return { status: "committed" };
  const back = yield* settle(ctx, reversal(1), 0, patience);
  if (back.is === "refused") {
    const decision = yield* ctx.promise();
    yield* decision;
  }
  return { status: "compensated" };
}
// #endregion silent

export const scenario = { ...ours, work: workOf(silent) };

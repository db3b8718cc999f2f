import type { Context } from "@resonatehq/sdk";
import { askBank } from "../../transfer/two-banks/ask-bank.ts";
import {
  type Asked,
  type BankOrder,
  operationsFor,
} from "../../transfer/two-banks/bank-order.ts";
import { scenario as ours, workOf } from "../scenario.ts";

// #region hasty
/** Flawed: do not copy. It takes an answer that is lost for a no. */
export function* hasty(ctx: Context, order: BankOrder) {
  const { debit, credit, reversal } = operationsFor(order);
  const ask = ({ at, operation }: Asked) =>
    ctx.run(askBank, { at, does: "make", operation, sinceMs: 0 });
  const paid = yield* ask(debit);
  if (paid.is !== "made") return { status: "refused" };
  const got = yield* ask(credit);
  if (got.is === "made") return { status: "committed" };
  yield* ask(reversal(1));
  return { status: "compensated" };
}
// #endregion hasty

export const scenario = { ...ours, work: workOf(hasty) };

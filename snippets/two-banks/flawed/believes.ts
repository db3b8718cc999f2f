import type { Context } from "@resonatehq/sdk";
import type { Bank } from "../../transfer/two-banks/ask-bank.ts";
import {
  type Asked,
  type BankOrder,
  operationsFor,
} from "../../transfer/two-banks/bank-order.ts";

// #region believes
/** Flawed: do not copy. It does not look what was answered. */
async function believe(ctx: Context, { at, operation }: Asked) {
  const banks = ctx.getDependency<Record<string, Bank>>("banks");
  const { key, ...body } = operation;
  const response = await fetch(`${banks?.[at]?.url}/make`, {
    method: "POST",
    headers: { "Idempotency-Key": key },
    body: JSON.stringify(body),
  });
  return ((await response.json()) as { outcome: string }).outcome;
}
// #endregion believes

/** Flawed: do not copy. It goes on when it hears a yes to anything. */
export function* believes(ctx: Context, order: BankOrder) {
  const { debit, credit } = operationsFor(order);
  const paid = yield* ctx.run(believe, debit);
  if (paid !== "made") return { status: "refused" };
  const got = yield* ctx.run(believe, credit);
  return { status: got === "made" ? "committed" : "refused" };
}

import type { Context } from "@resonatehq/sdk";
import {
  type BankOrder,
  operationsFor,
} from "../transfer/two-banks/bank-order.ts";
import { park } from "../transfer/two-banks/park.ts";
import { settle } from "../transfer/two-banks/settle.ts";

/** An answer to the lost answer: it asks until it knows. */
export function* transfer(ctx: Context, order: BankOrder) {
  const { debit, credit, reversal } = operationsFor(order);
  const { orderedMs, patience } = order;
  const paid = yield* settle(ctx, debit, orderedMs, patience);
  if (paid.is === "refused") return { status: "refused" };
  const { closedBy } = paid;
  const got = yield* settle(ctx, credit, orderedMs, patience, closedBy);
  if (got.is === "made") return { status: "committed" };
  for (let nth = 1; ; nth += 1) {
    const again = reversal(nth); // after a kept no, by another key
    const back = yield* settle(ctx, again, orderedMs, patience);
    if (back.is === "made") return { status: "compensated" };
    const { reason } = back;
    if (!back.closedBy)
      yield* park(ctx, { ...again, reason, choices: ["retry"] });
  }
}

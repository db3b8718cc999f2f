import type { Context } from "@resonatehq/sdk";
import {
  checkOrder,
  InvalidTransfer,
  type Order,
} from "../check-transfer.ts";
import { TransferRejected } from "../ledger.ts";
import type { LedgerResult } from "../one-ledger/saga.ts";
import { legsFor } from "./legs.ts";
import { payBack } from "./pay-back.ts";
import { payIn } from "./pay-in.ts";
import { payOut } from "./pay-out.ts";
import { OperationConflict } from "./which-of.ts";

// #region saga
/**
 * The saga, through an account in transit: what all accounts hold is
 * the same at every instant. An id that stands for another order in
 * this ledger ends it by an error that names both.
 */
export function* transferInTransit(
  ctx: Context,
  order: Order,
): Generator<unknown, LedgerResult> {
  checkOrder(order);
  if (ctx.id !== order.id)
    throw new InvalidTransfer("the run must have the transfer's id");
  const legs = legsFor(order);
  const untilClear = ctx.options({
    nonRetryableErrors: [TransferRejected, OperationConflict],
  });
  const paid = yield* ctx.run(payIn, legs, untilClear);
  if (paid === "refused")
    return {
      status: "refused",
      reason: `account ${order.source} holds too little`,
    };
  try {
    yield* ctx.run(payOut, legs, untilClear);
  } catch (error) {
    const { name, message: reason } = error as Error;
    if (name !== "TransferRejected") throw error;
    const undone = yield* ctx.run(payBack, legs, untilClear);
    if (undone === "undone") return { status: "compensated", reason };
  }
  return { status: "committed" };
}
// #endregion saga

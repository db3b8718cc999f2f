import type { Context } from "@resonatehq/sdk";
import { payInAny, payOutAny } from "../in-transit/flawed/takes-any.ts";
import type { Order } from "../transfer/check-transfer.ts";
import { legsFor } from "../transfer/in-transit/legs.ts";
import { payBack } from "../transfer/in-transit/pay-back.ts";
import { OperationConflict } from "../transfer/in-transit/which-of.ts";
import { TransferRejected } from "../transfer/ledger.ts";

/** Flawed: do not copy. Its leaves take whatever they find. */
export function* transfer(ctx: Context, order: Order) {
  const legs = legsFor(order);
  const no = ctx.options({
    nonRetryableErrors: [TransferRejected, OperationConflict],
  });
  const paid = yield* ctx.run(payInAny, legs, no);
  if (paid === "refused") return { status: "refused" };
  try {
    yield* ctx.run(payOutAny, legs, no);
  } catch {
    const undone = yield* ctx.run(payBack, legs, no);
    if (undone === "undone") return { status: "compensated" };
  }
  return { status: "committed" };
}

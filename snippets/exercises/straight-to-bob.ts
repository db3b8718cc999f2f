import type { Context } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { legsFor } from "../transfer/in-transit/legs.ts";
import { payBack } from "../transfer/in-transit/pay-back.ts";
import { payIn } from "../transfer/in-transit/pay-in.ts";
import { creditTarget, TransferRejected } from "../transfer/ledger.ts";

/** Flawed: do not copy. It credits bob, and takes it from nobody. */
export function* transfer(ctx: Context, order: Order) {
  const legs = legsFor(order);
  const [credit] = legs.credit;
  const no = ctx.options({ nonRetryableErrors: [TransferRejected] });
  const paid = yield* ctx.run(payIn, legs, no);
  if (paid === "refused") return { status: "refused" };
  try {
    yield* ctx.run(creditTarget, credit, no);
  } catch {
    const undone = yield* ctx.run(payBack, legs, no);
    if (undone === "undone") return { status: "compensated" };
  }
  return { status: "committed" };
}

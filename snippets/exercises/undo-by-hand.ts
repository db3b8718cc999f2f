import type { Context } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { legsFor } from "../transfer/in-transit/legs.ts";
import { post } from "../transfer/in-transit/post.ts";
import { ledgerOf } from "../transfer/ledger.ts";

/** Flawed: do not copy. Alice has her money back, and that is all. */
export function* undo(ctx: Context, order: Order) {
  const { reversal } = legsFor(order);
  yield* ctx.run(async (it: Context) =>
    post(ledgerOf(it), reversal, "TRUE"),
  );
  return { status: "compensated" };
}

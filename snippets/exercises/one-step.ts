import { type Context, Never } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import { applyEntry, creditTarget } from "../transfer/ledger.ts";

/** Flawed: do not copy. All is one step, which is done anew. */
export function* transfer(ctx: Context, order: Order) {
  const once = ctx.options({ retryPolicy: new Never() });
  return yield* ctx.run(makeAll, order, once);
}
async function makeAll(ctx: Context, order: Order) {
  const { debit, credit, reversal } = entriesFor(order);
  await applyEntry(ctx, debit);
  try {
    await creditTarget(ctx, credit);
  } catch {
    await applyEntry(ctx, reversal);
    return { status: "compensated" };
  }
  return { status: "committed" };
}

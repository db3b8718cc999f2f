import { type Context, Never } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import { applyEntry, creditTarget } from "../transfer/ledger.ts";

/** Flawed: do not copy. It pays before it is paid. */
export function* transfer(ctx: Context, order: Order) {
  const { debit, credit, reversal } = entriesFor(order);
  const once = ctx.options({ retryPolicy: new Never() });
  try {
    yield* ctx.run(creditTarget, credit, once);
    yield* ctx.run(applyEntry, debit, once);
  } catch {
    yield* ctx.run(applyEntry, reversal);
    return { status: "compensated" };
  }
  return { status: "committed" };
}

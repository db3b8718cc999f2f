import { type Context, Never } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import { applyEntry, creditTarget } from "../transfer/ledger.ts";

/** Flawed: do not copy. A replay makes another debit. */
export function* transfer(ctx: Context, order: Order) {
  const { debit, credit, reversal } = entriesFor(order);
  const once = ctx.options({ retryPolicy: new Never() });
  const opId = `${crypto.randomUUID()}-debit`;
  yield* ctx.run(applyEntry, { ...debit, opId }, once);
  try {
    yield* ctx.run(creditTarget, credit, once);
  } catch {
    yield* ctx.run(applyEntry, reversal);
    return { status: "compensated" };
  }
  return { status: "committed" };
}

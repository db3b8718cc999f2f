import { type Context, Never } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import { applyEntry, creditTarget } from "../transfer/ledger.ts";

/** Flawed: do not copy. Nothing undoes the debit. */
export function* transfer(ctx: Context, order: Order) {
  const { debit, credit } = entriesFor(order);
  const once = ctx.options({ retryPolicy: new Never() });
  yield* ctx.run(applyEntry, debit, once);
  yield* ctx.run(creditTarget, credit, once);
  return { status: "committed" };
}

import type { Context } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import {
  applyEntry,
  creditTarget,
  TransferRejected,
} from "../transfer/ledger.ts";
import { debitSource } from "../transfer/one-ledger/debit-source.ts";

/** Flawed: do not copy. It undoes whatever did not succeed. */
export function* transfer(ctx: Context, order: Order) {
  const { debit, credit, reversal } = entriesFor(order);
  const no = ctx.options({ nonRetryableErrors: [TransferRejected] });
  try {
    const paid = yield* ctx.run(debitSource, debit, no);
    if (paid === "refused") throw new TransferRejected("too little");
    yield* ctx.run(creditTarget, credit, no);
  } catch {
    yield* ctx.run(applyEntry, reversal);
    return { status: "compensated" };
  }
  return { status: "committed" };
}

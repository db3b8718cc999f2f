import type { Context } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import { creditTarget, TransferRejected } from "../transfer/ledger.ts";
import { debitSource } from "../transfer/one-ledger/debit-source.ts";
import { undoDebit } from "../transfer/one-ledger/undo-debit.ts";

/** Flawed: do not copy. It undoes whatever did not succeed. */
export function* transfer(ctx: Context, order: Order) {
  const entries = entriesFor(order);
  const no = ctx.options({ nonRetryableErrors: [TransferRejected] });
  try {
    const paid = yield* ctx.run(debitSource, entries.debit, no);
    if (paid === "refused") throw new TransferRejected("too little");
    yield* ctx.run(creditTarget, entries.credit, no);
  } catch {
    const undone = yield* ctx.run(undoDebit, entries, no);
    if (undone === "undone") return { status: "compensated" };
  }
  return { status: "committed" };
}

import type { Context } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import { creditTarget, TransferRejected } from "../transfer/ledger.ts";
import { debitSource } from "../transfer/one-ledger/debit-source.ts";
import { undoDebit } from "../transfer/one-ledger/undo-debit.ts";

/** An answer to both exercises of one ledger that holds. */
export function* transfer(ctx: Context, order: Order) {
  const entries = entriesFor(order);
  const no = ctx.options({ nonRetryableErrors: [TransferRejected] });
  const paid = yield* ctx.run(debitSource, entries.debit, no);
  if (paid === "refused") return { status: "refused" };
  try {
    yield* ctx.run(creditTarget, entries.credit, no);
  } catch {
    const undone = yield* ctx.run(undoDebit, entries, no);
    if (undone === "undone") return { status: "compensated" };
  }
  return { status: "committed" };
}

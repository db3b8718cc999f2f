import type { Context } from "@resonatehq/sdk";
import type { Saga } from "../../crash-matrix/transfer-world.ts";
import type { Order } from "../../transfer/check-transfer.ts";
import { entriesFor } from "../../transfer/entries-for.ts";
import {
  creditTarget,
  TransferRejected,
} from "../../transfer/ledger.ts";
import { undoDebit } from "../../transfer/one-ledger/undo-debit.ts";
import type { debitUnasked } from "./never-looks.ts";

// #region saga-with
/** Our saga, in short, with another leaf for the debit. */
export function sagaWith(leaf: typeof debitUnasked): Saga {
  return function* (ctx: Context, order: Order) {
    const entries = entriesFor(order);
    const no = ctx.options({ nonRetryableErrors: [TransferRejected] });
    const paid = yield* ctx.run(leaf, entries.debit, no);
    if (paid === "refused") return { status: "refused" };
    try {
      yield* ctx.run(creditTarget, entries.credit, no);
    } catch {
      const undone = yield* ctx.run(undoDebit, entries, no);
      if (undone === "undone") return { status: "compensated" };
    }
    return { status: "committed" };
  };
}
// #endregion saga-with

import type { Order } from "./check-transfer.ts";
import type { Entry, EntryFor } from "./ledger.ts";

// #region entries-for
/**
 * The entries that an order may lead to. The same transfer and kind
 * give the same operation id, always.
 */
export function entriesFor(order: Order) {
  const { id, source, target, amountCents, ledgerId } = order;
  const entry = (
    kind: Entry["kind"],
    account: string,
    cents: number,
  ): EntryFor => ({
    ledgerId,
    opId: `${id}-${kind}`,
    transferId: id,
    account,
    amountCents: cents,
    kind,
  });
  return {
    debit: entry("debit", source, -amountCents),
    credit: entry("credit", target, amountCents),
    reversal: entry("reversal", source, amountCents),
  };
}
// #endregion entries-for

import type { Transfer } from "./check-transfer.ts";
import type { Entry } from "./ledger.ts";

// #region entries-for
/**
 * The entries that a transfer may make. The same transfer and kind give
 * the same operation id, always.
 */
export function entriesFor(transfer: Transfer) {
  const { id, source, target, amountCents } = transfer;
  const entry = (
    kind: Entry["kind"],
    account: string,
    cents: number,
  ): Entry => ({
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

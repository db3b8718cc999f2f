import type { Transfer } from "../check-transfer.ts";
import type { Entry } from "../ledger.ts";

/** What a saga here comes to: no more than how it ended. */
export type Made = Generator<unknown, { status: string }>;

// #region entries-for
/** The three entries that a transfer may make, as the saga has them. */
export function entriesFor({ id, ...transfer }: Transfer) {
  const { source, target, amountCents } = transfer;
  const entry = (
    kind: Entry["kind"],
    account: string,
    amountCents: number,
  ) => ({
    opId: `${id}-${kind}`,
    transferId: id,
    account,
    amountCents,
    kind,
  });
  return {
    debit: entry("debit", source, -amountCents),
    credit: entry("credit", target, amountCents),
    reversal: entry("reversal", source, amountCents),
  };
}
// #endregion entries-for

import { InvalidTransfer, type Order } from "../check-transfer.ts";
import { entriesFor } from "../entries-for.ts";
import type { EntryFor } from "../ledger.ts";

/** The account that holds what is between two others. */
export const IN_TRANSIT = "in-transit";

// #region legs
/** An entry, and what it takes out of transit, or brings into it. */
export type Leg = [entry: EntryFor, transit: EntryFor];

/** What an order may lead to: its legs, and the no in place of two. */
export type Legs = Record<"debit" | "credit" | "reversal", Leg> &
  Record<"noDebit" | "noCredit", EntryFor>;

/**
 * Each entry of an order with its counterpart in transit: together they
 * are nothing. A no is 0 cents under the id of what it stands for, on
 * the source's account, since there may be no target. Throws
 * `InvalidTransfer` when the account in transit is source or target.
 */
export function legsFor(order: Order): Legs {
  const { source, target } = order;
  if (source === IN_TRANSIT || target === IN_TRANSIT)
    throw new InvalidTransfer(`nobody pays from or to ${IN_TRANSIT}`);
  const { debit, credit, reversal } = entriesFor(order);
  const no = {
    account: source,
    amountCents: 0,
    kind: "refusal",
  } as const;
  return {
    debit: legOf(debit),
    credit: legOf(credit),
    reversal: legOf(reversal),
    noDebit: { ...debit, ...no },
    noCredit: { ...credit, ...no },
  };
}

function legOf(entry: EntryFor): Leg {
  const transit = {
    ...entry,
    opId: `${entry.opId}-transit`,
    account: IN_TRANSIT,
    amountCents: -entry.amountCents,
  };
  return [entry, transit];
}
// #endregion legs

import { IN_TRANSIT } from "../in-transit/legs.ts";
import type { Entry } from "../ledger.ts";

export type Name = "debit" | "credit" | "reversal";

/** What a transfer has of one of its legs. */
export interface Side {
  name: Name;
  has: "none" | "made" | "refused" | "one row" | "two amounts";
  account: string;
  cents: number;
  /** Its entries. */
  rows: Entry[];
}

// #region side
/** Finds a leg by its operation ids. A refusal is one row, of 0. */
export function sideOf(id: string, name: Name, all: Entry[]): Side {
  const opId = `${id}-${name}`;
  const entry = all.find((it) => it.opId === opId);
  const transit = all.find((it) => it.opId === `${opId}-transit`);
  const rows = [entry, transit].filter((it) => it !== undefined);
  const { account = "", amountCents: cents = 0 } = entry ?? {};
  return {
    name,
    has: hasOf(name, entry, transit),
    account,
    cents,
    rows,
  };
}

function hasOf(
  name: Name,
  entry?: Entry,
  transit?: Entry,
): Side["has"] {
  if (!entry && !transit) return "none";
  const isNo = entry?.kind === "refusal" && entry.amountCents === 0;
  if (isNo && !transit) return "refused";
  if (entry?.kind !== name || transit?.kind !== name) return "one row";
  const isEven = entry.amountCents === -transit.amountCents;
  const isThrough = transit.account === IN_TRANSIT;
  return isEven && isThrough ? "made" : "two amounts";
}
// #endregion side

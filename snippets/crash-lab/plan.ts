import type { CrashPoint } from "../crash/crash-point.ts";

/** What a reader has in mind. The first worker dies at the first of the
 * points, the next at the second, until one is left to finish. */
export interface Plan {
  amountCents: number;
  /** Whether bob's account is closed. */
  isClosed: boolean;
  deaths: readonly CrashPoint[];
}

/** What the lab can move, in cents: what alice has. */
export const MOST_CENTS = 200_00;

// #region link
/** The plan as a link has it: `amount=5000&dies=after:write-debit`. */
export function toLink({ amountCents, isClosed, deaths }: Plan) {
  const link = new URLSearchParams({ amount: `${amountCents}` });
  if (isClosed) link.set("bob", "closed");
  for (const point of deaths) link.append("dies", point);
  return `${link}`.replaceAll("%3A", ":");
}

/** Throws `RangeError` when the link has no plan. */
export function fromLink(text: string): Plan {
  const link = new URLSearchParams(text);
  const deaths = link.getAll("dies");
  for (const point of deaths)
    if (!/^(before|after):[a-z]+-[a-z]+(#\d+)?$/.test(point))
      throw new RangeError(`there is no point ${point}`);
  const amount = link.get("amount") ?? "";
  const amountCents = Number(amount);
  if (!/^[1-9]\d*$/.test(amount) || amountCents > MOST_CENTS)
    throw new RangeError(`amount must be cents, up to ${MOST_CENTS}`);
  const bob = link.get("bob") ?? "open";
  if (!["open", "closed"].includes(bob))
    throw new RangeError("bob's account is open or closed");
  const isClosed = bob === "closed";
  return { amountCents, isClosed, deaths: deaths as CrashPoint[] };
}
// #endregion link

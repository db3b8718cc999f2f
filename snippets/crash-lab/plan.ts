import type { StopPoint } from "../crash/crash-point.ts";
import { guards } from "./guards.ts";
import { meetings } from "./meetings.ts";

// #region plan
/** A run, as a reader has it in mind, or has seen it. */
export interface Plan {
  amountCents: number;
  /** What the transfer meets: one of the meetings. */
  meets: string;
  /** The guard that the saga lacks, if it lacks one. */
  without?: string | undefined;
  /** The first worker stops at the first of these points, the next at
   * the second, until one is left to finish. */
  faults: readonly StopPoint[];
}
// #endregion plan

/** What the lab can move, in cents: what alice has. */
export const MOST_CENTS = 200_00;

// #region link
/** The plan as a link has it: `amount=5000&fault=after:write-debit`. */
export function toLink({ amountCents, meets, without, faults }: Plan) {
  const link = new URLSearchParams({ amount: `${amountCents}` });
  if (meets !== "open") link.set("meets", meets);
  if (without !== undefined) link.set("without", without);
  for (const point of faults) link.append("fault", point);
  return `${link}`.replaceAll("%3A", ":");
}

/** Throws `RangeError` when the link has no plan. */
export function fromLink(text: string): Plan {
  const link = new URLSearchParams(text);
  for (const key of link.keys())
    if (!KEYS.includes(key))
      throw new RangeError(
        `a link has no ${key}, but ${KEYS.join(", ")}`,
      );
  const faults = link.getAll("fault");
  for (const point of faults)
    if (!POINT.test(point))
      throw new RangeError(`there is no point ${point}`);
  const amount = link.get("amount") ?? "";
  const amountCents = Number(amount);
  if (!/^[1-9]\d*$/.test(amount) || amountCents > MOST_CENTS)
    throw new RangeError(`amount must be cents, up to ${MOST_CENTS}`);
  const meets = oneOf(meetings, "meets", link) ?? "open";
  const without = oneOf(guards, "without", link);
  return {
    amountCents,
    meets,
    without,
    faults: faults as StopPoint[],
  };
}
const KEYS = ["amount", "meets", "without", "fault"];
const POINT = /^(before|after|held|frozen):[a-z]+(-[a-z]+)?(#\d+)?$/;

function oneOf(all: object, key: string, link: URLSearchParams) {
  const name = link.get(key) ?? undefined;
  if (name !== undefined && !Object.hasOwn(all, name)) {
    const names = Object.keys(all).join(", ");
    throw new RangeError(`${key} must be one of ${names}`);
  }
  return name;
}
// #endregion link

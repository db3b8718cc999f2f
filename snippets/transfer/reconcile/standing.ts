import type { Entry } from "../ledger.ts";
import { type Name, type Side, sideOf } from "./side.ts";

/** How a transfer stands by its entries, or what is wrong with them. */
export type Standing =
  | { is: "wrong"; why: string }
  | {
      /** `half` is debited, and nothing more. */
      is: "absent" | "half" | "committed" | "compensated" | "refused";
      source?: string;
      /** Where it was credited. */
      target?: string;
      /** What was debited. Of a refusal nobody knows it. */
      amountCents?: number;
    };

type Sides = Record<Name, Side>;

// #region standing
/**
 * How the transfer of this id stands by its entries: whether it has
 * ended, and how, or was only debited. Where no transfer through the
 * account in transit leaves such entries, says what is wrong.
 */
export function standingOf(id: string, entries: Entry[]): Standing {
  const sides = {
    debit: sideOf(id, "debit", entries),
    credit: sideOf(id, "credit", entries),
    reversal: sideOf(id, "reversal", entries),
  };
  const why = wrongIn(sides, entries);
  const is = RIGHT[shapeOf(sides)];
  if (why || !is) return { is: "wrong", why: `${why}` };
  const { account: source, cents } = sides.debit;
  if (is === "absent") return { is };
  return {
    is,
    source,
    ...(is === "committed" && { target: sides.credit.account }),
    ...(is !== "refused" && { amountCents: -cents }),
  };
}

/** By what there is of debit, credit and reversal. */
const RIGHT = {
  "none, none, none": "absent",
  "made, none, none": "half",
  "made, made, none": "committed",
  "made, refused, made": "compensated",
  "refused, none, none": "refused",
} as Record<string, Exclude<Standing["is"], "wrong">>;
const WRONG: Record<string, string> = {
  "made, made, made": "it is credited and paid back",
  "made, none, made": "it is paid back, and may still be credited",
  "made, refused, none": "its credit is refused, and not paid back",
};

const shapeOf = ({ debit, credit, reversal }: Sides) =>
  [debit, credit, reversal].map(({ has }) => has).join(", ");

function wrongIn(sides: Sides, entries: Entry[]): string | undefined {
  const { debit, credit, reversal } = sides;
  const all = [debit, credit, reversal];
  const rows = all.flatMap((side) => side.rows);
  const more = entries.find((entry) => !rows.includes(entry));
  if (more) return `${more.opId} is a ${more.kind} more`;
  for (const { name, has } of all) {
    if (has === "one row") return `its ${name} has one row of two`;
    if (has === "two amounts")
      return `the two rows of its ${name} differ`;
  }
  for (const { name, has, cents } of [credit, reversal]) {
    if (has !== "made") continue;
    if (debit.has !== "made") return `a ${name} without a debit`;
    if (cents !== -debit.cents)
      return `${-debit.cents} cents debited, and a ${name} of ${cents}`;
  }
  if (reversal.has === "made" && reversal.account !== debit.account)
    return `it is paid back to ${reversal.account}`;
  const shape = shapeOf(sides);
  if (RIGHT[shape]) return undefined;
  return WRONG[shape] ?? `no transfer leaves ${shape}`;
}
// #endregion standing

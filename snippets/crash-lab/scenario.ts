import type { CrashPoint } from "../crash-matrix/schedule.ts";

/** What happens to a transfer. The first worker dies at the first of
 * the points, the next at the second, until one is left to finish. */
export interface Scenario {
  amountCents: number;
  rejects: boolean;
  deaths: CrashPoint[];
}

/** What the lab can move, in cents: what alice has. */
export const MOST_CENTS = 200_00;

const fates = { before: "never came", after: "unheard" } as const;

// #region link
/** The scenario as a link carries it: `amount=5000&dies=5-after`. */
export function toLink({ amountCents, rejects, deaths }: Scenario) {
  const link = new URLSearchParams({ amount: `${amountCents}` });
  if (rejects) link.set("bob", "closed");
  for (const { question, fate } of deaths) {
    const when = fate === fates.before ? "before" : "after";
    link.append("dies", `${question}-${when}`);
  }
  return `${link}`;
}

/** Throws `RangeError` when the link carries no scenario. */
export function fromLink(text: string): Scenario {
  const link = new URLSearchParams(text);
  const deaths = link.getAll("dies").map((point): CrashPoint => {
    const [, question, when] =
      /^(\d{1,2})-(before|after)$/.exec(point) ?? [];
    if (!when) throw new RangeError(`there is no point ${point}`);
    const fate = fates[when as keyof typeof fates];
    return { question: Number(question), fate };
  });
  const amount = link.get("amount") ?? "";
  const amountCents = Number(amount);
  if (!/^[1-9]\d*$/.test(amount) || amountCents > MOST_CENTS)
    throw new RangeError(`amount must be cents, up to ${MOST_CENTS}`);
  const bob = link.get("bob") ?? "open";
  if (!["open", "closed"].includes(bob))
    throw new RangeError("bob's account is open or closed");
  return { amountCents, rejects: bob === "closed", deaths };
}
// #endregion link

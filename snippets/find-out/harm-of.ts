import type { Meeting } from "../crash-lab/game.ts";
import { meetings } from "../crash-lab/meetings.ts";
import type { Plan } from "../crash-lab/plan.ts";
import type { Played } from "../crash-lab/play.ts";
import { formatCents } from "../support/format-cents.ts";
import { AMOUNT_CENTS } from "./subject.ts";

type Seen = Omit<Played, "history">;

// #region harm-of
/**
 * What is wrong with how it ended, in a sentence, or nothing: money was
 * made or lost, for a moment, too, where that counts, an account is
 * overdrawn, Bob got nothing where nothing stood in the way, or the
 * answer and the ledger differ.
 */
export function harmIn(
  { ends }: Pick<Meeting, "ends">,
  { cents, bobCents, below, uneven = 0, answer }: Seen,
  amountCents = AMOUNT_CENTS,
): string | undefined {
  const amount = formatCents(Math.abs(cents));
  if (cents > 0) return `${amount} too much.`;
  if (cents < 0) return `${amount} missing.`;
  if (below) {
    const holds = formatCents(below.cents);
    return `The account ${below.account} holds ${holds}.`;
  }
  if (uneven) {
    const word = uneven < 0 ? "missing" : "too much";
    const once = formatCents(Math.abs(uneven));
    return `For a moment, ${once} ${word}.`;
  }
  const { status, reason = "" } = answer ?? {};
  if (ends.join() === "committed" && bobCents !== amountCents)
    return status === "failed"
      ? `Bob gets nothing. The transfer fails: ${reason}.`
      : `Bob gets ${formatCents(bobCents)}, and it says ${status}.`;
  const isMade = bobCents === amountCents;
  return isMade === (status === "committed")
    ? undefined
    : `It says ${status}, and Bob has ${formatCents(bobCents)}.`;
}

/** The same of a run of the lab. */
export function harmOf(
  { meets, amountCents }: Pick<Plan, "meets" | "amountCents">,
  seen: Seen,
): string | undefined {
  const { ends = [] } = meetings[meets] ?? {};
  return harmIn({ ends }, seen, amountCents);
}
// #endregion harm-of

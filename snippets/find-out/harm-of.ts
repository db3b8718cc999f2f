import type { Plan } from "../crash-lab/plan.ts";
import type { Money, Played } from "../crash-lab/play-out.ts";
import { formatCents } from "../support/format-cents.ts";

// #region harm-of
/**
 * What is wrong with how it ended, in a sentence, or nothing: money was
 * made or lost, an account that was open got nothing, or the answer and
 * the ledger differ.
 */
export function harmOf(
  { meets, amountCents }: Pick<Plan, "meets" | "amountCents">,
  { cents, bobCents, answer }: Money & Pick<Played, "answer">,
): string | undefined {
  const amount = formatCents(Math.abs(cents));
  if (cents > 0) return `${amount} too much.`;
  if (cents < 0) return `${amount} missing.`;
  const { status, reason = "" } = answer ?? {};
  if (meets === "open" && bobCents !== amountCents)
    return status === "failed"
      ? `Bob gets nothing. The transfer fails: ${reason}.`
      : `Bob gets ${formatCents(bobCents)}, and it says ${status}.`;
  const isMade = bobCents === amountCents;
  return isMade === (status === "committed")
    ? undefined
    : `It says ${status}, and Bob has ${formatCents(bobCents)}.`;
}
// #endregion harm-of

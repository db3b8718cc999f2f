import { meetings } from "./meetings.ts";
import { type Plan, toLink } from "./plan.ts";

const OURS = "#snippets/transfer/transfer-money.ts";

// #region as-test
/**
 * A run as a case for vitest, to be put into a file below `test/`. It
 * plays the schedule over the saga that it imports, and asks for what
 * must hold of any saga, not for what this one wrote.
 */
export function asTest(plan: Plan): string {
  const { says = "", ends = [] } = meetings[plan.meets] ?? {};
  const points = plan.faults.join(", then ") || "no fault";
  const link = toLink({ ...plan, without: undefined });
  return `import { expect, test } from "vitest";
import { fromLink } from "#snippets/crash-lab/plan.ts";
import { playOut } from "#snippets/crash-lab/play-out.ts";
import { harmOf } from "#snippets/find-out/harm-of.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { transferMoney as saga } from "${OURS}";

test(${JSON.stringify(`${says} ${points}`)}, async () => {
  const plan = fromLink(${JSON.stringify(link)});
  const played = await playOut(() => openLedger(), plan, { saga });
  expect(harmOf(plan, played)).toBeUndefined();
  expect(${JSON.stringify(ends)}).toContain(played.answer.status);
});
`;
}
// #endregion as-test

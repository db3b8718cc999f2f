import { formatCents } from "../support/format-cents.ts";
import { onStage } from "../support/on-stage.ts";
import { reconcileWith } from "../transfer/reconcile/with-engine.ts";
import { payBackByHand } from "./by-hand.ts";
import { pastDeadline, type Remedy } from "./past-deadline.ts";

const about = "A deadline passes between debit and credit.";
await onStage("reconcile/deadline", about, async () => {
  // #region deadline
  const remedies: Record<string, Remedy> = {
    "paid back by hand": (db, _, order) => payBackByHand(db, order),
    reconciled: (db, promises) => reconcileWith(promises, db),
  };
  for (const [what, remedy] of Object.entries(remedies)) {
    const found = await pastDeadline(remedy);
    console.log(
      `the deadline passes, the caller is told: ${found.told}`,
    );
    console.log(`  ${inWords(found.left)}`);
    console.log(`${what}`);
    console.log(`  ${inWords(found.after)}`);
    console.log("the worker, which was frozen, goes on");
    console.log(`  ${inWords(found.thawed)}`);
  }
  // #endregion deadline
});

function inWords(held: Record<string, number>): string {
  return Object.entries(held)
    .filter(([account]) => account !== "carol")
    .map(([account, cents]) => `${account} ${formatCents(cents)}`)
    .join(", ");
}

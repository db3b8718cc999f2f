import { setImmediate } from "node:timers/promises";
import { audit } from "../../transfer/accounts.ts";
import { openLedger } from "../../transfer/open-ledger.ts";

// #region reads
/**
 * Reads what all accounts hold together, again and again, from the
 * ledger in a file. When its parent asks for so many readings, gives
 * the next ones, and the least and the most of all so far, in cents.
 */
const db = openLedger(process.argv[2]);
const [least, most] = [Number.POSITIVE_INFINITY, 0];
const all = { least, most };
let missing = 0;
const next: number[] = [];
process.on("message", (count: number) => {
  missing = count;
});
process.on("disconnect", () => process.exit()); // its parent is gone
process.send?.("is up");
for (;;) {
  const { heldCents } = await audit(db); // one statement: a snapshot
  all.least = Math.min(all.least, heldCents);
  all.most = Math.max(all.most, heldCents);
  if (missing) {
    next.push(heldCents);
    missing -= 1;
    if (!missing) process.send?.({ next: next.splice(0), ...all });
  }
  await setImmediate(); // hear the parent
}
// #endregion reads

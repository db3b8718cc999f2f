import { formatCents } from "../support/format-cents.ts";
import { onStage } from "../support/on-stage.ts";
import { openBank } from "../support/open-bank.ts";
import { audit, balances, openAccount } from "../transfer/accounts.ts";
import { IN_TRANSIT } from "../transfer/in-transit/legs.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import { byNewEngine, upToCredit } from "./new-engine.ts";
import { ways } from "./ways.ts";

const about = "An engine has lost its records, and an id comes again.";
await onStage("in-transit/same-id", about, async () => {
  // #region same-id
  const paid = { id: "t1", source: "alice", target: "bob" };
  const first = { ...paid, amountCents: 50_00 };
  const more = { ...paid, amountCents: 60_00 };
  for (const [way, saga] of Object.entries(ways)) {
    const db = await openBank();
    await openAccount(db, IN_TRANSIT, 0);
    console.log(way);
    await upToCredit(db, saga, first);
    console.log(
      "  50.00 debited, and all that the engine knew is gone",
    );
    for (const [said, transfer] of [
      ["60.00 to bob, by the same id", more],
      ["50.00 to bob, as it was", first],
    ] as const) {
      console.log(`  ${said}:`);
      const end = await byNewEngine(db, saga, transfer);
      for (const line of end.split(": ")) console.log(`    ${line}`);
      console.log(`    ${await held(db)}`);
    }
    db.close();
  }
  // #endregion same-id
});

async function held(db: LedgerDb) {
  const rows = await balances(db);
  const { seededCents, heldCents } = await audit(db);
  const all = rows.map(
    ({ account, cents }) => `${account} ${formatCents(cents)}`,
  );
  const uneven = heldCents - seededCents;
  if (uneven) all.push(`${formatCents(uneven)} too much`);
  return all.join(", ");
}

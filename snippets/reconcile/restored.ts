import { join } from "node:path";
import { Resonate } from "@resonatehq/sdk";
import { watch } from "../crash/watch.ts";
import { alicePaysBob, openAccounts } from "../support/bank.ts";
import { formatCents } from "../support/format-cents.ts";
import { onStage } from "../support/on-stage.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { balances, openAccount } from "../transfer/accounts.ts";
import { checkTransfer } from "../transfer/check-transfer.ts";
import { IN_TRANSIT } from "../transfer/in-transit/legs.ts";
import { transferInTransit } from "../transfer/in-transit/saga.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { reconcileWith } from "../transfer/reconcile/with-engine.ts";

const about =
  "A store is restored from a backup, and the other is not.";
await onStage("reconcile/restored", about, async () => {
  const folder = temporaryFolder("restored");
  const [older, newer] = [join(folder, "older"), join(folder, "newer")];
  const now = openLedger(join(folder, "ledger.db"));
  await openAccounts(now);
  await openAccount(now, IN_TRANSIT, 0);

  // #region restored
  const resonate = new Resonate({ logLevel: "error" });
  const backedUp = watch(now, async (proceed, [opId], { method }) => {
    if (method === "run" && opId === "t2-credit")
      for (const file of [older, newer]) await now.backup(file);
    return proceed();
  });
  resonate.setDependency("db", backedUp);
  const transfer = resonate.register("transfer", transferInTransit);
  const ids = ["t1", "t2", "t3"];
  for (const id of ids)
    await transfer.run(id, await checkTransfer(alicePaysBob(id), now));
  const empty = new Resonate({ logLevel: "error" });

  console.log("the ledger is restored, as it was in the middle of t2");
  const ledger = openLedger(older);
  await print(ledger, resonate, { ids });
  console.log("the engine is restored, as it was before all of them");
  const half = openLedger(newer);
  await print(half, empty, { ids });
  console.log("and what it does not know is to be undone");
  await print(half, empty, { undoUnknown: true });
  // #endregion restored
  await Promise.all([resonate.stop(), empty.stop()]);
  for (const db of [now, ledger, half]) db.close();
});

async function print(
  db: LedgerDb,
  { promises }: Resonate,
  options: Parameters<typeof reconcileWith>[2],
) {
  const found = await reconcileWith(promises, db, options);
  for (const { id, is, why } of found)
    console.log(`  ${id} ${is}: ${why}`);
  const held = (await balances(db)).map(
    ({ account, cents }) => `${account} ${formatCents(cents)}`,
  );
  console.log(`  ${held.join(", ")}`);
}

import { Resonate } from "@resonatehq/sdk";
import { alicePaysBob } from "../support/bank.ts";
import { onStage } from "../support/on-stage.ts";
import { openBank } from "../support/open-bank.ts";
import { openAccount } from "../transfer/accounts.ts";
import { checkTransfer } from "../transfer/check-transfer.ts";
import { IN_TRANSIT } from "../transfer/in-transit/legs.ts";
import { transferInTransit } from "../transfer/in-transit/saga.ts";
import { brokenBy, recordHistory } from "./record-history.ts";
import { transferWithLimit } from "./with-limit.ts";

const about = "A run is recorded, and replayed by another saga.";
await onStage("changing/keep", about, async () => {
  const db = await openBank();
  await openAccount(db, IN_TRANSIT, 0);
  const resonate = new Resonate({ logLevel: "error" });
  resonate.setDependency("db", db);
  const transfer = resonate.register("transfer", transferInTransit);
  const order = await checkTransfer(alicePaysBob("t1"), db);
  await transfer.run("t1", order);

  // #region keep
  const { promises } = resonate;
  const kept = await recordHistory(transferInTransit, promises, "t1");
  for (const { id, name, state, value } of kept.steps)
    console.log(`${id} ${name}: ${state}, ${value}`);

  const histories = { "t1.json": kept };
  for (const saga of [transferInTransit, transferWithLimit]) {
    const broken = await brokenBy(saga, histories);
    console.log(`by ${saga.name}, ${broken.length} would break`);
    for (const each of broken) console.log(`  ${each}`);
  }
  // #endregion keep
  await resonate.stop();
  db.close();
});

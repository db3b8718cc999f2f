import { setTimeout } from "node:timers/promises";
import { closeAccount, reopenAccount } from "../transfer/accounts.ts";
import { decideParked } from "../transfer/two-banks/decide-parked.ts";
import type { Choice } from "../transfer/two-banks/decision.ts";
import {
  openParks,
  type Park,
} from "../transfer/two-banks/parked-list.ts";
import { transferBetweenBanks } from "../transfer/two-banks/saga.ts";
import { statusOf } from "../transfer/two-banks/status-of.ts";
import { alicePaysBob, short } from "./alice-pays-bob.ts";
import { hasty } from "./flawed/hasty.ts";
import { onStage, openStage, type Stage, tell } from "./stage.ts";

const about = "Both accounts are closed: the credit cannot be undone.";
await onStage("reversal-refused", about, async () => {
  // #region reversal-refused
  const first = await openStage(hasty);
  await closeAccounts(first);
  const { status } = await first.run(alicePaysBob("t1", short));
  await tell(`hasty: ${status}`, first.stores);
  await first.stop();

  for (const choice of ["retry", "write off"] as const) {
    const stage = await openStage(transferBetweenBanks);
    const { stores, resonate } = stage;
    await closeAccounts(stage);
    const end = stage.run(alicePaysBob("t1", short));
    const park = await waitForPark(stage);
    const parked = await statusOf(resonate, stores.parked, "t1");
    const { amountCents } = park;
    await tell(`ours: ${parked.status}`, stores, amountCents);
    if (choice === "retry") await reopenAccount(stores.east, "alice");
    await decideParked(resonate, decisionOn(park, choice));
    const { status } = await end;
    await tell(`${choice}: ${status}`, stores);
    await stage.stop();
  }
  // #endregion reversal-refused
});

async function closeAccounts({ stores: { east, west } }: Stage) {
  await closeAccount(west, "bob");
  await closeAccount(east, "alice");
}

async function waitForPark({ stores }: Stage): Promise<Park> {
  for (;;) {
    const [park] = await openParks(stores.parked);
    if (park) return park;
    await setTimeout(10);
  }
}

function decisionOn({ park }: Park, choice: Choice) {
  const reason = "alice was called";
  const id = crypto.randomUUID();
  return { id, park, choice, by: "carol", reason, atMs: Date.now() };
}

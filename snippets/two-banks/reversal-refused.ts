import { onStage } from "../support/on-stage.ts";
import { closeAccount, reopenAccount } from "../transfer/accounts.ts";
import { transferBetweenBanks } from "../transfer/two-banks/saga.ts";
import { statusOf } from "../transfer/two-banks/status-of.ts";
import { alicePaysBob, short } from "./alice-pays-bob.ts";
import { decideNext } from "./decide-next.ts";
import { hasty } from "./flawed/hasty.ts";
import { openStage, type Stage } from "./stage.ts";
import { tell } from "./tell.ts";

const about = "Both accounts are closed: the credit cannot be undone.";
await onStage("two-banks/reversal-refused", about, async () => {
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
    await decideNext(stage, choice, async ({ amountCents }) => {
      const { status } = await statusOf(resonate, stores.parked, "t1");
      await tell(`ours: ${status}`, stores, amountCents);
      if (choice === "retry") await reopenAccount(stores.east, "alice");
    });
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

import { formatCents } from "../support/format-cents.ts";
import { onStage } from "../support/on-stage.ts";
import { transferBetweenBanks } from "../transfer/two-banks/saga.ts";
import { alicePaysBob, short } from "./alice-pays-bob.ts";
import { hasty } from "./flawed/hasty.ts";
import { faultNames } from "./link.ts";
import { sumsOf } from "./open-banks.ts";
import { openStage } from "./stage.ts";

const about =
  "What the credit may meet, and what two sagas make of it.";
await onStage("two-banks/answers", about, async () => {
  // #region answers
  const sagas = { hasty, ours: transferBetweenBanks };
  for (const fault of faultNames) {
    console.log(`the credit meets: ${fault}`);
    for (const [name, saga] of Object.entries(sagas)) {
      const stage = await openStage(saga);
      stage.links.west.next = [fault];
      const { status } = await stage.run(alicePaysBob("t1", short));
      await stage.links.west.arrive(); // what was held
      const { heldCents } = await sumsOf(stage.stores);
      const held = formatCents(heldCents);
      console.log(`  ${name.padEnd(6)} ${status.padEnd(12)} ${held}`);
      await stage.stop();
    }
  }
  // #endregion answers
});

import { onStage } from "../support/on-stage.ts";
import { transferBetweenBanks } from "../transfer/two-banks/saga.ts";
import { alicePaysBob, short } from "./alice-pays-bob.ts";
import { hasty } from "./flawed/hasty.ts";
import { openStage } from "./stage.ts";
import { tell } from "./tell.ts";

const about = "The bank west makes the credit, and its answer is lost.";
await onStage("two-banks/lost-answer", about, async () => {
  // #region lost-answer
  const sagas = { hasty, transferBetweenBanks };
  for (const [name, saga] of Object.entries(sagas)) {
    const stage = await openStage(saga);
    stage.links.west.next = ["answer lost"];
    const { status } = await stage.run(alicePaysBob("t1", short));
    await tell(`${name}: ${status}`, stage.stores);
    await stage.stop();
  }
  // #endregion lost-answer
});

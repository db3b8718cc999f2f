import { closeAccount } from "../transfer/accounts.ts";
import { story } from "./story.ts";

// #region story
const about =
  "A worker dies in the compensation, and another, elsewhere in it.";
await story("dies-reversing", about, async (teller, id) => {
  const first = await teller.startWorker("before-reversal");
  await closeAccount(teller.stage.db, "bob");
  const transfer = await teller.begin(id);
  await teller.dies(first, id);

  const second = await teller.startWorker("after-reversal");
  await teller.dies(second, id);

  const third = await teller.startWorker();
  await teller.ends(transfer, third, "compensated");
});
// #endregion story

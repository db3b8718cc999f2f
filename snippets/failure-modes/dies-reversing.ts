import { closeAccount } from "../transfer/accounts.ts";
import { story } from "./stage/story.ts";

// #region story
const about =
  "A worker dies in the compensation, and another, elsewhere in it.";
await story("dies-reversing", about, async (narrator, id) => {
  const first = await narrator.startWorker("before:write-reversal");
  await closeAccount(narrator.stage.db, "bob");
  const transfer = await narrator.begin(id);
  await narrator.dies(first, id);

  const second = await narrator.startWorker("after:write-reversal");
  await narrator.dies(second, id);

  const third = await narrator.startWorker();
  await narrator.ends(transfer, third, "compensated");
});
// #endregion story

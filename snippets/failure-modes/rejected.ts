import { closeAccount } from "../transfer/accounts.ts";
import { story } from "./stage/story.ts";

// #region story
const about = "The target rejects the credit; no worker dies.";
await story("rejected", about, async (narrator, id) => {
  const worker = await narrator.startWorker();
  await closeAccount(narrator.stage.db, "bob");
  const transfer = await narrator.begin(id);
  await narrator.ends(transfer, worker, "compensated");
});
// #endregion story

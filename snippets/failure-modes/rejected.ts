import { closeAccount } from "../transfer/accounts.ts";
import { story } from "./story.ts";

// #region story
const about = "The target rejects the credit; no worker dies.";
await story("rejected", about, async (teller, id) => {
  const worker = await teller.startWorker();
  await closeAccount(teller.stage.db, "bob");
  const transfer = await teller.begin(id);
  await teller.ends(transfer, worker, "compensated");
});
// #endregion story

import { story } from "./story.ts";

// #region story
const about = "The target rejects the credit; no worker dies.";
await story("rejected", about, async (teller, id) => {
  const worker = await teller.startWorker();
  const transfer = await teller.begin(id, {
    simulateCreditFailure: true,
  });
  await teller.ends(transfer, worker, "compensated");
});
// #endregion story

import { story } from "./stage/story.ts";

// #region story
const about =
  "A worker dies when it has debited, before that is recorded.";
await story("dies-unrecorded", about, async (narrator, id) => {
  const first = await narrator.startWorker("after:write-debit");
  const transfer = await narrator.begin(id);
  await narrator.dies(first, id);

  const second = await narrator.startWorker();
  await narrator.ends(transfer, second, "committed");
});
// #endregion story

import { story } from "./stage/story.ts";

// #region story
const about = "A worker dies between the debit and the credit.";
await story("dies-between", about, async (narrator, id) => {
  const first = await narrator.startWorker("before:write-credit");
  const transfer = await narrator.begin(id);
  await narrator.dies(first, id);

  const second = await narrator.startWorker();
  await narrator.ends(transfer, second, "committed");
});
// #endregion story

import { story } from "./story.ts";

// #region story
const about =
  "A worker dies when it has debited, before that is recorded.";
await story("dies-unrecorded", about, async (teller, id) => {
  const first = await teller.startWorker("after-debit");
  const transfer = await teller.begin(id);
  await teller.dies(first, id);

  const second = await teller.startWorker();
  await teller.ends(transfer, second, "committed");
});
// #endregion story

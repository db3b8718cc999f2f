import { story } from "./story.ts";

// #region story
const about = "A worker dies between the debit and the credit.";
await story("dies-between", about, async (teller, id) => {
  const first = await teller.startWorker("before-credit");
  const transfer = await teller.begin(id);
  await teller.dies(first, id);

  const second = await teller.startWorker();
  await teller.ends(transfer, second, "committed");
});
// #endregion story

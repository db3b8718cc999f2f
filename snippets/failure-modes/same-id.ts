import { entriesOf } from "../transfer/accounts.ts";
import { say, show } from "./stage/show.ts";
import { story } from "./stage/story.ts";

// #region story
const about =
  "Four clients, each a process, ask for one and the same id.";
await story("same-id", about, async (narrator, id) => {
  const worker = await narrator.startWorker();
  const order = await narrator.transfer(id);
  const { askElsewhere, db } = narrator.stage;

  say("clients", "1 and 2 ask for 50.00, at once");
  const both = [askElsewhere(order), askElsewhere(order)];
  const [one, two] = await Promise.all(both);
  await worker.wrote("credit");
  say("client 1", `is told: ${one?.status}`);
  say("client 2", `is told: ${two?.status}`);

  say("client 3", "asks for 50.00, later");
  say("client 3", `is told: ${(await askElsewhere(order)).status}`);

  say("client 4", "asks for 99.00, with that id");
  const other = { ...order, amountCents: 99_00 };
  say("client 4", `is told: ${(await askElsewhere(other)).status}`);

  await show(narrator.stage, id);
  const amounts = (await entriesOf(db, id)).map(
    (entry) => entry.amountCents,
  );
  if (amounts.join() !== "-5000,5000")
    throw new Error("not 50.00, once");
});
// #endregion story

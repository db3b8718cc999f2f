import { once } from "node:events";
import { Resonate } from "@resonatehq/sdk";
import { watch } from "../../crash/watch.ts";
import {
  checkTransfer,
  type Transfer,
} from "../../transfer/check-transfer.ts";
import { openLedger } from "../../transfer/open-ledger.ts";
import { type Way, ways } from "../ways.ts";

// #region pays
/**
 * Makes the transfers that its parent names, one after the other, in
 * the ledger in a file. Before each statement, and after it, it stands
 * still until the parent says go, or kills it.
 */
const [file, way] = process.argv.slice(2);
const db = openLedger(file);
const resonate = new Resonate({ logLevel: "error" });
const stand = async () => {
  process.send?.("stands");
  await once(process, "message");
};
const standing = watch(db, async (proceed) => {
  await stand();
  const answer = await proceed();
  await stand();
  return answer;
});
resonate.setDependency("db", standing);
const saga = resonate.register("transfer", ways[way as Way]);

process.on("disconnect", () => process.exit()); // its parent is gone
process.send?.("is up");
for (;;) {
  const [transfer] = (await once(process, "message")) as [Transfer];
  const order = await checkTransfer(transfer, db);
  const { status } = await saga.run(order.id, order);
  process.send?.(status);
}
// #endregion pays

import { once } from "node:events";
import { Resonate } from "@resonatehq/sdk";
import { watch } from "../../crash/watch.ts";
import { checkTransfer } from "../../transfer/check-transfer.ts";
import { openLedger } from "../../transfer/open-ledger.ts";
import { sagaWithout } from "../guards.ts";

// #region pays
/**
 * Makes so many transfers at once, from the nth on, in the ledger in a
 * file. Each of them stands still before its first write, until all do
 * and the parent says so.
 */
const [file, guard, from, count] = process.argv.slice(2);
const db = openLedger(file);
const resonate = new Resonate({ logLevel: "error" });
const go = once(process, "message");
let standing = 0;
const stopping = watch(db, async (proceed, [opId], { method }) => {
  if (method === "run" && `${opId}`.endsWith("-debit")) {
    if (++standing === Number(count)) process.send?.("all stand");
    await go;
  }
  return proceed();
});
resonate.setDependency("db", stopping);
const saga = resonate.register(
  "transfer",
  sagaWithout(guard || undefined),
);

const paid = { source: "alice", target: "bob", amountCents: 10_00 };
const made: Record<string, number> = {};
const runs = Array.from({ length: Number(count) }, async (_, nth) => {
  const id = `t${Number(from) + nth}`;
  const order = await checkTransfer({ id, ...paid }, db);
  const { status } = await saga.run(id, order);
  made[status] = (made[status] ?? 0) + 1;
});
await Promise.all(runs);
process.send?.(made);
process.on("disconnect", () => process.exit()); // its parent is gone
// #endregion pays

/**
 * A worker that stops before its credit, says so, and goes on when it is told.
 * Its arguments: where its records are, its group, its lease in milliseconds, its
 * ledger, and whether it stops.
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { Resonate } from "@resonatehq/sdk";
import { describe } from "../../snippets/crash/describe.ts";
import { silence } from "../../snippets/crash/silence.ts";
import { watch } from "../../snippets/crash/watch.ts";
import { openNetwork } from "../../snippets/many-machines/network.ts";
import { openShared } from "../../snippets/many-machines/open-shared.ts";
import { transferAskingAgain } from "../../snippets/transfer/ask-again.ts";

const [url = "", group = "", ttl, ledger = "", word] = process.argv.slice(2);
let stops = word === "stops"; // the first time
const say = (word: string) => process.send?.(word, () => {});
const pid = randomUUID();
const network = openNetwork(url, group, pid, silence);
const resonate = new Resonate({
  network,
  pid,
  ttl: Number(ttl),
  logger: silence,
});
const db = watch(await openShared(ledger), async (proceed, _, call) => {
  const isCredit = describe(call, ["credit"]) === "write-credit";
  if (isCredit && stops) {
    stops = false;
    say("holds");
    await once(process, "message");
  }
  const made = await proceed();
  if (isCredit) say("credited");
  return made;
});
resonate.setDependency("db", db);
resonate.register("transferMoney", transferAskingAgain);
say("up");
process.on("disconnect", () => process.exit()); // its parent is gone

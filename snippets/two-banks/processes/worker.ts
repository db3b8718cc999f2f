import { closeSync, openSync } from "node:fs";
import { Resonate } from "@resonatehq/sdk";
import { silence } from "../../crash/silence.ts";
import { openLedger } from "../../transfer/open-ledger.ts";
import type { Bank } from "../../transfer/two-banks/ask-bank.ts";
import { startWorker } from "../../transfer/two-banks/start-worker.ts";

// #region worker
/**
 * A worker, which another program starts, with the addresses of server
 * and banks, its group, and the file of what is parked. Where another
 * file is named, the first worker that turns to the bank west makes
 * that file, and stops itself.
 */
const [url = "", group = "", ...rest] = process.argv.slice(2);
const [east = "", west = "", parked = "", freezes] = rest;

const resonate = new Resonate({
  url,
  group,
  ttl: 2_000,
  logger: silence,
});
const banks = { east: reach(east), west: reach(west) };
if (freezes)
  Object.defineProperty(banks.west, "url", {
    get() {
      if (isFirst(freezes)) {
        process.send?.("is frozen");
        process.kill(process.pid, "SIGSTOP"); // until SIGCONT
      }
      return west;
    },
  });
await startWorker(resonate, banks, openLedger(parked));
resonate.register("who", async () => process.pid);

function reach(url: string): Bank {
  return { url, timeLimitMs: 1_000, fetch };
}

function isFirst(file: string): boolean {
  try {
    closeSync(openSync(file, "wx"));
    return true;
  } catch {
    return false; // another has made it
  }
}

process.send?.("up");
process.on("disconnect", () => process.exit()); // its parent is gone
// #endregion worker

import { Worker as Thread } from "node:worker_threads";
import type { Worker } from "./wire.ts";

const program = new URL("./thread.ts", import.meta.url);
// Before any TypeScript is read: what one thread has compiled, the next
// one finds, and starts twice as soon.
const start = `require("node:module").enableCompileCache();
  import(${JSON.stringify(program.href)});`;

// #region start-thread
/** A worker in a thread of Node, of the scenario in this file. */
export function startThread(scenarioFile: URL): Worker {
  // Node alone reads TypeScript faster than a loader does.
  const options = { execArgv: [], workerData: scenarioFile.href };
  const thread = new Thread(start, { ...options, eval: true });
  return {
    tell: (word) => thread.postMessage(word),
    onCall: (hear) => void thread.on("message", hear),
    terminate: () => thread.terminate(),
  };
}
// #endregion start-thread

import { Worker as Thread } from "node:worker_threads";
import type { Worker } from "./wire.ts";

const program = new URL("./thread.ts", import.meta.url);

// #region start-thread
/** A worker in a thread of Node, of the scenario in this file. */
export function startThread(scenarioFile: URL): Worker {
  // Node alone reads TypeScript faster than a loader does.
  const options = { execArgv: [], workerData: scenarioFile.href };
  const thread = new Thread(program, options);
  return {
    tell: (word) => thread.postMessage(word),
    onCall: (hear) => void thread.on("message", hear),
    terminate: () => thread.terminate(),
  };
}
// #endregion start-thread

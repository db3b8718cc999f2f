import { Worker } from "node:worker_threads";
import type { Thread } from "./wire.ts";

const worker = new URL("../crash-matrix/worker.ts", import.meta.url);

// #region start-thread
/** A worker in a thread of Node. */
export function startThread(program = worker): Thread {
  // Node alone reads TypeScript faster than a loader does.
  const worker = new Worker(program, { execArgv: [] });
  return {
    tell: (word) => worker.postMessage(word),
    onQuestion: (hear) => void worker.on("message", hear),
    terminate: () => worker.terminate(),
  };
}
// #endregion start-thread

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

// #region start-worker
/**
 * Starts a worker with this in its environment, and waits until it is
 * up. It ends when this process does. Throws when it ends before.
 */
export async function startWorker(
  told: Record<string, string>,
): Promise<ChildProcess> {
  const worker = fork(new URL("worker.ts", import.meta.url), {
    env: { ...process.env, ...told },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(worker, "exit").then(([code]) => {
    throw new Error(`a worker ended with ${code} before it was up`);
  });
  ended.catch(() => {}); // it may end later
  await Promise.race([once(worker, "message"), ended]);
  return worker;
}
// #endregion start-worker

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

// #region start
/** Starts a process of this folder. It ends when this one does. */
export async function start(
  name: "bank" | "worker",
  args: string[],
): Promise<ChildProcess> {
  const child = fork(new URL(`${name}.ts`, import.meta.url), args);
  const ended = once(child, "exit").then(() => {
    throw new Error(`a ${name} ended before it was up`);
  });
  ended.catch(() => {}); // it may end later
  await Promise.race([once(child, "message"), ended]);
  return child;
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}
// #endregion start

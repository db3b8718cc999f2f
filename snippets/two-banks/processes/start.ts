import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

// #region start
/**
 * Starts a process of this folder, and gives the word that it says when
 * it is up. It ends when this one does.
 */
export async function start(name: "bank" | "worker", args: string[]) {
  const child = fork(new URL(`${name}.ts`, import.meta.url), args);
  const ended = once(child, "exit").then(() => {
    throw new Error(`a ${name} ended before it was up`);
  });
  ended.catch(() => {}); // it may end later
  const [word] = await Promise.race([once(child, "message"), ended]);
  return { child, word: word as string };
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}
// #endregion start

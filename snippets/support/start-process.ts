import {
  type ChildProcess,
  type ForkOptions,
  fork,
} from "node:child_process";
import { once } from "node:events";

// #region start-process
/**
 * Starts a program as a process, and gives the word that it says when
 * it is up. It ends when this one does. Throws when it ends before.
 */
export async function startProcess(
  program: URL,
  args: string[],
  options: ForkOptions = {},
) {
  const child = fork(program, args, options);
  const [name = ""] = program.pathname.split("/").slice(-1);
  return { child, word: await wordOf<string>(child, name) };
}

/** What it says next. Throws when it ends before. */
export async function wordOf<Word>(
  child: ChildProcess,
  name: string,
): Promise<Word> {
  const ended = once(child, "exit").then(() => {
    throw new Error(`${name} ended before it said so`);
  });
  ended.catch(() => {}); // it may end later
  const [word] = await Promise.race([once(child, "message"), ended]);
  return word as Word;
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}
// #endregion start-process

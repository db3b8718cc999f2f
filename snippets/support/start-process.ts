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
  const heard = new AbortController();
  const { signal } = heard;
  const ended = once(child, "exit", { signal }).then(() => {
    throw new Error(`${name} ended before it said so`);
  });
  ended.catch(() => {}); // what is heard ends the wait for it
  const word = once(child, "message", { signal });
  word.catch(() => {}); // or it has ended
  try {
    return (await Promise.race([word, ended]))[0] as Word;
  } finally {
    heard.abort();
  }
}

export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "exit");
}
// #endregion start-process

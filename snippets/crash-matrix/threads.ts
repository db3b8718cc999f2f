import { Worker } from "node:worker_threads";
import type { Question, Thread } from "./wire.ts";

const worker = new URL("./worker.ts", import.meta.url);

// #region threads
/** Worker threads of Node, and a spare one, ready when asked for. */
export class Threads {
  readonly #program: URL;
  #spare: Thread;

  constructor(program = worker) {
    this.#program = program;
    this.#spare = start(program);
  }

  next(): Thread {
    const thread = this.#spare;
    this.#spare = start(this.#program);
    return thread;
  }

  async close() {
    await this.#spare.terminate();
  }
}

function start(program: URL): Thread {
  // Node alone reads TypeScript faster than a loader does.
  const worker = new Worker(program, { execArgv: [] });
  return {
    tell: (word) => worker.postMessage(word),
    onQuestion(hear) {
      type Asked = { number: number; question: Question };
      worker.on("message", (asked: Asked) =>
        hear(asked.number, asked.question),
      );
    },
    terminate: () => worker.terminate(),
  };
}
// #endregion threads

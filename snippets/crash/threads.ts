import type { Thread } from "./wire.ts";

// #region threads
/** Threads that are started by `start`, one of them always to spare. */
export class Threads {
  readonly #start: () => Thread;
  #spare: Thread;

  constructor(start: () => Thread) {
    this.#start = start;
    this.#spare = start();
  }

  next(): Thread {
    const thread = this.#spare;
    this.#spare = this.#start();
    return thread;
  }

  async close() {
    await this.#spare.terminate();
  }
}
// #endregion threads

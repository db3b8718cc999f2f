import type { Worker } from "./wire.ts";

// #region threads
/** Workers that are started by `start`, one of them always to spare. */
export class Threads {
  readonly #start: () => Worker;
  #spare: Worker;

  constructor(start: () => Worker) {
    this.#start = start;
    this.#spare = start();
  }

  next(): Worker {
    const worker = this.#spare;
    this.#spare = this.#start();
    return worker;
  }

  async close() {
    await this.#spare.terminate();
  }
}
// #endregion threads

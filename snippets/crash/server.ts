import {
  LocalNetwork,
  type Message,
  type Network,
  type Request,
} from "@resonatehq/sdk";
import type { Worker } from "./wire.ts";

// #region server
/**
 * The SDK's store, as the server of a simulation. It offers a run to
 * the newest worker. The store has no clock of its own: a lease passes
 * when the simulation says so.
 */
export class Server {
  #store = new LocalNetwork();
  #workers: Worker[] = [];
  #mailbox: Message[] = []; // for want of a worker

  constructor() {
    this.#store.recv((message) => {
      if (message.kind !== "execute") return;
      const newest = this.#workers.at(-1);
      if (newest) newest.tell({ message });
      else this.#mailbox.push(message);
    });
  }

  join(worker: Worker) {
    this.#workers.push(worker);
    for (const message of this.#mailbox.splice(0))
      worker.tell({ message });
  }

  leave(worker: Worker) {
    this.#workers.splice(this.#workers.indexOf(worker), 1);
  }

  send(request: Request) {
    return this.#store.send(request);
  }

  /** What it has: runs and steps, tasks, and their leases. */
  async snapshot() {
    const head = { corrId: "snap", version: "" };
    const snap = { kind: "debug.snap" as const, head, data: {} };
    const { data } = await this.#store.send(snap);
    if (typeof data === "string") throw new Error(data);
    return data;
  }

  /** The runs and steps that it knows, and their states. */
  async states(): Promise<Map<string, string>> {
    const { promises } = await this.snapshot();
    return new Map(promises.map(({ id, state }) => [id, state]));
  }

  /** Tells the store the time, in milliseconds: leases may pass. */
  async tick(time: number) {
    const head = { corrId: "tick", version: "" };
    const kind = "debug.tick" as const;
    await this.#store.send({ kind, head, data: { time } });
  }

  /** Lets the lease of a worker pass, should it have one. */
  async passLease() {
    const { taskTimeouts } = await this.snapshot();
    const ends = taskTimeouts.map(({ timeout }) => timeout);
    await this.tick(Math.max(Date.now(), ...ends));
  }

  /** Lets the deadlines of all that is pending pass. */
  async passDeadline() {
    const { promises } = await this.snapshot();
    const ends = promises.map(({ timeoutAt }) => timeoutAt);
    await this.tick(Math.max(...ends));
  }

  /** Lets the next pause of a run end. Says whether there was one. */
  async passPause(): Promise<boolean> {
    const { promises } = await this.snapshot();
    const ends = promises
      .filter(({ state, tags }) => state === "pending" && isPause(tags))
      .map(({ timeoutAt }) => timeoutAt);
    if (ends.length) await this.tick(Math.min(...ends));
    return ends.length > 0;
  }

  /** The network of a client, which is no worker: it hears answers. */
  get network(): Network {
    const { unicast, anycast, send } = this.#store;
    const match = (target: string) => this.#store.match(target);
    const recv: Network["recv"] = (receive) =>
      this.#store.recv((message) => {
        if (message.kind === "unblock") receive(message);
      });
    const init = async () => {};
    return { unicast, anycast, match, send, recv, init, stop: init };
  }
}
// #endregion server

function isPause(tags: Record<string, string>): boolean {
  return tags["resonate:timer"] === "true";
}

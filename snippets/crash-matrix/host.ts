import {
  LocalNetwork,
  type Message,
  type Network,
} from "@resonatehq/sdk";
import type { Question, Thread } from "../crash/wire.ts";
import type { LedgerDb } from "../transfer/ledger.ts";

/** What becomes of a question. The worker hears the answer, or it dies:
 * before the question is done, or when it is done and not answered. */
export type Fate = "answered" | "never came" | "unheard";

// #region host
/**
 * Owns what outlives a worker: the server's store, and the ledger. The
 * store has no clock of its own; a lease passes when the host says so.
 */
export class Host {
  readonly db: LedgerDb;
  #store = new LocalNetwork();
  #threads: Thread[] = [];
  #mailbox: Message[] = []; // for want of a worker

  constructor(db: LedgerDb) {
    this.db = db;
    this.#store.recv((message) => {
      if (message.kind !== "execute") return;
      const newest = this.#threads.at(-1);
      if (newest) newest.tell({ message });
      else this.#mailbox.push(message);
    });
  }

  /** Has a worker work to the `end`, or until it dies of a question. */
  async work(
    thread: Thread,
    end: Promise<unknown>,
    fateOf: (question: Question) => Fate | Promise<Fate>,
    done?: (answer: unknown) => void,
  ) {
    const dead = Promise.withResolvers<void>();
    let alive = true;
    thread.onQuestion(async ({ number, question }) => {
      if (!alive) return;
      const fate = await fateOf(question);
      if (!alive) return;
      alive = fate === "answered";
      const answer =
        fate === "never came" ? undefined : await this.do(question);
      if (answer) done?.(answer.value);
      if (!alive) dead.resolve();
      else if (answer) thread.tell({ answers: number, ...answer });
    });
    this.#threads.push(thread);
    for (const message of this.#mailbox.splice(0))
      thread.tell({ message });
    await Promise.race([dead.promise, Promise.allSettled([end])]);
    alive = false;
    this.#threads.splice(this.#threads.indexOf(thread), 1);
    await thread.terminate();
  }

  /** Does what a worker asks, alive or not: it may come late. */
  async do(question: Question) {
    try {
      if (question.to === "server")
        return { value: await this.#store.send(question.request) };
      const { method, sql, values } = question;
      return { value: await this.db.prepare(sql)[method](...values) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  }

  /** What the server has: runs and steps, tasks, and their leases. */
  async look() {
    const head = { corrId: "snap", version: "" };
    const snap = { kind: "debug.snap" as const, head, data: {} };
    const { data } = await this.#store.send(snap);
    if (typeof data === "string") throw new Error(data);
    return data;
  }

  /** The runs and steps that the server knows, and their states. */
  async states(): Promise<Map<string, string>> {
    const { promises } = await this.look();
    return new Map(promises.map(({ id, state }) => [id, state]));
  }

  /** Tells the store the time, in milliseconds: leases may pass. */
  async tick(time: number) {
    const head = { corrId: "tick", version: "" };
    await this.#store.send({
      kind: "debug.tick",
      head,
      data: { time },
    });
  }

  /** Lets the lease of a worker pass, should it have one. */
  async passLease() {
    const { taskTimeouts } = await this.look();
    const ends = taskTimeouts.map(({ timeout }) => timeout);
    await this.tick(Math.max(Date.now(), ...ends));
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
// #endregion host

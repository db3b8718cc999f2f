import {
  LocalNetwork,
  type Message,
  type Network,
} from "@resonatehq/sdk";
import type { LedgerDb } from "../ledger.ts";
import type { CrashPoint, Question, Thread } from "./wire.ts";

const LEASE = 60_000; // milliseconds, the default of the SDK

// #region host
/**
 * Owns what outlives a worker: the server's store, and the ledger. The
 * store has no clock of its own; a lease passes when the host says so.
 */
export class Host {
  readonly db: LedgerDb;
  #store = new LocalNetwork();
  #thread: Thread | undefined;
  #mailbox: Message[] = [];
  #ahead = 0; // of the clock, in milliseconds

  constructor(db: LedgerDb) {
    this.db = db;
    this.#store.recv((message) => {
      if (message.kind !== "execute") return;
      if (this.#thread) this.#thread.tell({ message });
      else this.#mailbox.push(message);
    });
  }

  /** The network of a client, which is no worker: it hears answers. */
  get network(): Network {
    const { unicast, anycast, send } = this.#store;
    const match = (target: string) => this.#store.match(target);
    const recv: Network["recv"] = (receive) =>
      this.#store.recv((message) => {
        if (message.kind === "unblock") receive(message);
      });
    const idle = async () => {};
    return {
      unicast,
      anycast,
      match,
      send,
      recv,
      init: idle,
      stop: idle,
    };
  }

  /**
   * Has a worker work until `end`, or until it is killed at `point`.
   * Gives its questions, the one that it died of included.
   */
  async work(
    thread: Thread,
    end: Promise<unknown>,
    point?: CrashPoint,
  ) {
    const questions: Question[] = [];
    const dead = Promise.withResolvers<void>();
    let alive = true;
    thread.onQuestion(async (number, question) => {
      if (!alive) return;
      questions.push(question);
      const last = questions.length === point?.question;
      if (last) alive = false;
      if (!last || point.done) {
        const answer = await this.#answer(question);
        if (!last) thread.tell({ answers: number, ...answer });
      }
      if (last) dead.resolve();
    });
    this.#thread = thread;
    for (const message of this.#mailbox.splice(0))
      thread.tell({ message });
    const stuck = AbortSignal.timeout(20_000);
    stuck.onabort = () => dead.reject(new Error("a worker is stuck"));
    await Promise.race([dead.promise, end]);
    stuck.onabort = null;
    alive = false;
    this.#thread = undefined;
    await thread.terminate();
    return questions;
  }

  /** Lets the lease of a dead worker pass. */
  async passLease() {
    const head = { corrId: "tick", version: "" };
    this.#ahead += LEASE + 1;
    const data = { time: Date.now() + this.#ahead };
    await this.#store.send({ kind: "debug.tick", head, data });
  }

  /** The runs and steps that the server knows, and their states. */
  async states(): Promise<Map<string, string>> {
    const head = { corrId: "snap", version: "" };
    const snap = { kind: "debug.snap" as const, head, data: {} };
    const { data } = await this.#store.send(snap);
    if (typeof data === "string") throw new Error(data);
    return new Map(data.promises.map(({ id, state }) => [id, state]));
  }

  async #answer(question: Question) {
    try {
      if (question.to === "server")
        return { value: await this.#store.send(question.request) };
      const { method, sql, values } = question;
      return { value: await this.db.prepare(sql)[method](...values) };
    } catch (error) {
      return { error: (error as Error).message };
    }
  }
}
// #endregion host

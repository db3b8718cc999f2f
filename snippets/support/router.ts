import type { LocalNetwork, Message, Request } from "@resonatehq/sdk";

type Deliver = (message: Message) => unknown;

// #region router
/**
 * Brings each message of the store to one worker. The store gives them
 * without an address: a task goes to the group that its promise has as
 * target, an answer to whoever asked to hear of the promise.
 */
export class Router {
  #store: LocalNetwork;
  #groups = new Map<string, Map<string, Deliver>>();
  #listeners = new Map<string, Set<string>>();
  #waiting = new Map<string, Message>(); // tasks, for want of workers
  /** Tasks that were sent, until somebody takes them. */
  #sent = new Map<string, { to: Deliver; message: Message }>();

  constructor(store: LocalNetwork) {
    this.#store = store;
    store.recv((message) => this.#dispatch(message));
  }

  /** Is told of each request: who takes a task, who listens. */
  note(request: Request) {
    if (request.kind === "task.acquire")
      this.#sent.delete(request.data.id);
    if (request.kind !== "promise.register_listener") return;
    const { awaited, address } = request.data;
    const listeners = this.#listeners.get(awaited) ?? new Set();
    this.#listeners.set(awaited, listeners.add(address));
  }

  /** A worker is there. Gives the function to call when it leaves. */
  join(group: string, pid: string, deliver: Deliver): () => void {
    const workers =
      this.#groups.get(group) ?? new Map<string, Deliver>();
    this.#groups.set(group, workers.set(pid, deliver));
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const message of waiting) this.#dispatch(message);
    return () => {
      if (workers.get(pid) === deliver) workers.delete(pid);
      for (const [id, { to, message }] of this.#sent) {
        if (to !== deliver) continue;
        this.#sent.delete(id); // it left before it took this one
        this.#dispatch(message);
      }
    };
  }

  async #dispatch(message: Message) {
    if (message.kind === "unblock") {
      const { id } = message.data.promise;
      for (const address of this.#listeners.get(id) ?? [])
        this.#send(address, message);
      this.#listeners.delete(id);
      return;
    }
    const { id } = message.data.task;
    const head = { corrId: id, version: "" };
    const get = { kind: "promise.get" as const, head, data: { id } };
    const answer = (await this.#store.send(get)).data;
    if (typeof answer !== "object" || !("promise" in answer)) return;
    const target: unknown = answer.promise.tags["resonate:target"];
    const address = typeof target === "string" ? target : "";
    if (!this.#send(address, message)) this.#waiting.set(id, message);
  }

  /** To the worker that the address prefers, or the next in turn. */
  #send(address: string, message: Message): boolean {
    const [, group = "", preferred = ""] =
      /^poll:\/\/(?:any|uni)@([^/]*)\/?(.*)$/.exec(address) ?? [];
    const workers =
      this.#groups.get(group) ?? new Map<string, Deliver>();
    const [next = ""] = workers.keys();
    const pid = workers.has(preferred) ? preferred : next;
    const deliver = workers.get(pid);
    if (!deliver) return false;
    workers.delete(pid);
    workers.set(pid, deliver); // to the end of the queue
    if (message.kind === "execute")
      this.#sent.set(message.data.task.id, { to: deliver, message });
    deliver(message);
    return true;
  }
}
// #endregion router

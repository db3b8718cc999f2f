import type { MessageFault } from "../crash/crash-point.ts";

/** Does the request, and gives what the bank answers. */
type Deliver = () => Promise<Response>;
type Fault = (deliver: Deliver, held: Deliver[]) => Awaitable<Response>;
type Awaitable<T> = T | Promise<T>;

function reset(): never {
  throw new Error("the connection was reset");
}

// #region faults
/** What can happen to a request between a worker and a bank. */
const faults = {
  "request lost": reset,
  "answer lost": async (deliver) => {
    await deliver();
    return reset();
  },
  "request held": (deliver, held) => {
    held.push(deliver);
    return reset();
  },
  "request repeated": async (deliver) => {
    await deliver();
    return deliver();
  },
  "500": () => new Response("a bug", { status: 500 }),
  "503": () => new Response("come again", { status: 503 }),
} satisfies Record<MessageFault | "500" | "503", Fault>;
export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as FaultName[];
// #endregion faults

// #region link
/** The way to a bank, on which requests meet faults. */
export class Link {
  /** What the next requests meet, one each. */
  next: FaultName[] = [];
  /** What all others meet. */
  always: FaultName | undefined;
  /** How many met one that keeps the answer away, by their key. */
  readonly failed = new Map<string, number>();
  #held: Deliver[] = [];

  async pass(
    request: Request,
    send: (request: Request) => Promise<Response>,
  ): Promise<Response> {
    const deliver = () => send(request.clone());
    const key = request.headers.get("Idempotency-Key") ?? "";
    const fault = this.next.shift() ?? this.always;
    if (!fault) return deliver();
    if (fault !== "request repeated")
      this.failed.set(key, (this.failed.get(key) ?? 0) + 1);
    return faults[fault](deliver, this.#held);
  }

  /** What was held arrives, and nobody hears the answers. */
  async arrive(): Promise<void> {
    for (const deliver of this.#held.splice(0)) await deliver();
  }
}
// #endregion link

/** Does the request, and gives what the bank answers. */
export type Deliver = () => Promise<unknown>;
type Fault = (deliver: Deliver, held: Deliver[]) => unknown;

function reset(): never {
  throw new Error("the connection was reset");
}

// #region faults
/** What can happen to a request between a worker and a bank. */
const faults = {
  "request lost": reset,
  "answer lost": async (deliver) => {
    await deliver();
    reset();
  },
  "request held": (deliver, held) => {
    held.push(deliver);
    reset();
  },
  "request repeated": async (deliver) => {
    await deliver();
    return deliver();
  },
  "500": () => ({ status: 500, body: "a bug" }),
  "503": () => ({ status: 503, body: "come again" }),
} satisfies Record<string, Fault>;
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

  async pass(deliver: Deliver, key: string): Promise<unknown> {
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

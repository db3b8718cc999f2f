import type { Message } from "@resonatehq/sdk";
import { isRefused } from "./attend.ts";
import type { Fate } from "./crash-point.ts";
import type { Scenario } from "./scenario.ts";
import type { Simulation } from "./simulation.ts";
import { startInProcess } from "./start-in-process.ts";
import type { Call, Worker } from "./wire.ts";

type Run = Pick<Simulation, "work" | "do" | "server">;
type Held = { call: Call; decide: (fate: Fate) => void };

// #region two-workers
/**
 * Two workers on one run. Each waits at every call, until it is decided
 * what becomes of it; messages wait until they are brought. A worker
 * that dies is replaced. What a method returns is whether it found
 * anything to do.
 */
export class TwoWorkers {
  readonly simulation: Run;
  readonly done: Promise<unknown>;
  hasEnded = false;
  /** How often the server refused a worker: the run was not its. */
  refusals = 0;
  readonly #scenario: Pick<Scenario, "work">;
  #workers: Worker[] = [];
  #held: Held[][] = [[], []];
  #messages: Message[] = [];
  #late: Call[] = [];
  #atPeace = false;

  constructor(
    scenario: Pick<Scenario, "work">,
    simulation: Run,
    end: Promise<unknown>,
  ) {
    this.simulation = simulation;
    this.#scenario = scenario;
    const employ = async (seat: number) => {
      while (!this.hasEnded) await this.#employ(seat, end);
    };
    this.done = Promise.all([employ(0), employ(1)]);
    const note = () => {
      this.hasEnded = true;
    };
    end.then(note, note);
  }

  async #employ(seat: number, end: Promise<unknown>) {
    const worker = startInProcess(this.#scenario);
    this.#workers[seat] = worker;
    const held: Held[] = [];
    this.#held[seat] = held;
    const slow: Worker = {
      ...worker,
      tell: (word) => {
        if ("message" in word) this.#messages.push(word.message);
        else worker.tell(word);
        if ("value" in word && isRefused(word.value))
          this.refusals += 1;
      },
    };
    const fateOf = ({ call }: { call: Call }) => {
      if (this.#atPeace) return "answered";
      const fate = Promise.withResolvers<Fate>();
      held.push({ call, decide: fate.resolve });
      return fate.promise;
    };
    await this.simulation.work(slow, fateOf, end);
  }

  decide(seat: number, fate: Fate): boolean {
    const next = this.#held[seat]?.shift();
    next?.decide(fate);
    return next !== undefined;
  }

  /** The worker dies, and its call is still on the way. */
  delay(seat: number): boolean {
    const call = this.#held[seat]?.[0]?.call;
    if (call) this.#late.push(call);
    return this.decide(seat, "before");
  }

  async arrive(): Promise<boolean> {
    const call = this.#late.shift();
    if (call) await this.simulation.do(call);
    return call !== undefined;
  }

  /** The call is done once now, and once more when it is decided. */
  async repeat(seat: number): Promise<boolean> {
    const call = this.#held[seat]?.[0]?.call;
    if (call) await this.simulation.do(call);
    return this.decide(seat, "answered");
  }

  bring(seat: number, { copy = false } = {}): boolean {
    const [message] = this.#messages;
    if (!copy) this.#messages.shift();
    if (message) this.#workers[seat]?.tell({ message });
    return message !== undefined;
  }

  /** From now on all is answered at once. */
  makePeace() {
    this.#atPeace = true;
    for (const { decide } of this.#held.flat()) decide("answered");
  }
}
// #endregion two-workers

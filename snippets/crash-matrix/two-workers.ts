import type { Message, Response } from "@resonatehq/sdk";
import type { Question, Thread, Word } from "../crash/wire.ts";
import { startClient } from "./client.ts";
import type { Fate, Host } from "./host.ts";
import type { Saga } from "./start-worker.ts";

type Asked = { question: Question; decide: (fate: Fate) => void };

// #region two-workers
/**
 * Two workers on one transfer. Each waits at every question, until it
 * is decided what becomes of it; messages wait until they are brought.
 * A worker that dies is replaced. What a method returns is whether it
 * found anything to do.
 */
export class TwoWorkers {
  readonly host: Host;
  readonly done: Promise<unknown>;
  hasEnded = false;
  /** How often the server told a worker that its lease has passed. */
  refusals = 0;
  readonly #saga: Saga | undefined;
  #workers: Thread[] = [];
  #asked: Asked[][] = [[], []];
  #messages: Message[] = [];
  #late: Question[] = [];
  #atPeace = false;

  constructor(host: Host, end: Promise<unknown>, saga?: Saga) {
    this.host = host;
    this.#saga = saga;
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
    const worker = startClient(this.#saga);
    this.#workers[seat] = worker;
    const asked: Asked[] = [];
    this.#asked[seat] = asked;
    const held: Thread = {
      ...worker,
      tell: (word) => {
        if ("message" in word) this.#messages.push(word.message);
        else worker.tell(word);
        if (isRefusal(word)) this.refusals += 1;
      },
    };
    await this.host.work(held, end, (question) => {
      if (this.#atPeace) return "answered";
      const fate = Promise.withResolvers<Fate>();
      asked.push({ question, decide: fate.resolve });
      return fate.promise;
    });
  }

  decide(seat: number, fate: Fate): boolean {
    const next = this.#asked[seat]?.shift();
    next?.decide(fate);
    return next !== undefined;
  }

  /** The worker dies, and its question is still on the way. */
  delay(seat: number): boolean {
    const question = this.#asked[seat]?.[0]?.question;
    if (question) this.#late.push(question);
    return this.decide(seat, "never came");
  }

  async arrive(): Promise<boolean> {
    const question = this.#late.shift();
    if (question) await this.host.do(question);
    return question !== undefined;
  }

  /** The question is done once now, and once more when decided. */
  async repeat(seat: number): Promise<boolean> {
    const question = this.#asked[seat]?.[0]?.question;
    if (question) await this.host.do(question);
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
    for (const { decide } of this.#asked.flat()) decide("answered");
  }
}
// #endregion two-workers

function isRefusal(word: Word): boolean {
  if (!("value" in word)) return false;
  const value = word.value as Partial<Response> | undefined;
  return value?.head?.status === 409;
}

import type { Response } from "@resonatehq/sdk";
import type { Fate } from "./crash-point.ts";
import { isRetry, type Moment } from "./history.ts";
import type { Simulation } from "./simulation.ts";
import type { Call, Called, Worker } from "./wire.ts";

export type FateOf = (moment: Moment) => Fate | Promise<Fate>;

interface Attended {
  worker: Worker;
  /** Which it is, counted from 1. */
  number: number;
  nameOf: (call: Call) => string;
  run: Pick<Simulation, "history" | "do">;
}

// #region attend
/**
 * Hears the calls of one worker, and has `fateOf` say what becomes of
 * each, until the worker is left. A frozen one says nothing, not even
 * that it lives, until it is thawed. Then it is heard until the server
 * refuses it, or it has nothing more to say.
 */
export function attend(
  { worker, number, nameOf, run }: Attended,
  fateOf: FateOf,
) {
  let state: "alive" | "frozen" | "dead" = "alive";
  let isThawed = false;
  let decide = fateOf;
  let stopped = Promise.withResolvers<void>();
  const kept: (() => Promise<void>)[] = [];

  async function judge(called: Called, name: string) {
    const { number: answers, call } = called;
    const moment: Moment = { worker: number, name, call };
    run.history.push(moment);
    const fate = await decide(moment);
    if (state !== "alive") return;
    moment.fate = fate;
    if (fate === "frozen") {
      state = fate;
      kept.push(() => judge(called, name));
      return stopped.resolve();
    }
    if (fate !== "answered") state = "dead";
    const isDone = fate === "answered" || fate === "after";
    const done = isDone ? await run.do(call) : undefined;
    if (done && "value" in done) moment.answer = done.value;
    if (state !== "alive") return stopped.resolve();
    if (done) worker.tell({ answers, ...done });
    if (isThawed && isLast(run.history, moment)) stopped.resolve();
  }
  async function hear(called: Called): Promise<void> {
    const { number: answers, call } = called;
    const name = nameOf(call);
    // A heartbeat is answered at once, and is no part of the history.
    if (name.startsWith("heartbeat")) {
      if (state === "alive")
        worker.tell({ answers, ...(await run.do(call)) });
    } else if (state === "frozen") kept.push(() => judge(called, name));
    else if (state === "alive") await judge(called, name);
  }
  worker.onCall(hear);

  return {
    number,
    /** Until it is dead, or frozen. */
    get stopped() {
      return stopped.promise;
    },
    isFrozen: () => state === "frozen",
    /** Nobody hears it from now on. */
    async leave() {
      state = "dead";
      stopped.resolve();
      await worker.terminate();
    },
    async thaw(fateOf: FateOf) {
      decide = fateOf;
      state = "alive";
      isThawed = true;
      stopped = Promise.withResolvers();
      for (const go of kept.splice(0)) go();
      await stopped.promise;
    },
  };
}
// #endregion attend

/** Whether a worker that was late says no more after this: it was
 * refused, or is done, or only tries again. */
function isLast(history: Moment[], moment: Moment): boolean {
  const isDone = /^(record-result|task-)/.test(moment.name);
  return isRefused(moment.answer) || isDone || isRetry(history, moment);
}

/** Whether the server refused it: the run was not the worker's. */
export function isRefused(answer: unknown): boolean {
  const { head } = (answer ?? {}) as Partial<Response>;
  return head?.status === 409;
}

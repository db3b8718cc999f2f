import type { Question } from "../crash/wire.ts";
import { nameOf } from "../crash-matrix/matrix.ts";
import type { Sight } from "./look.ts";
import type { Moment } from "./start-lab.ts";

/** The steps of the saga, by the entries that they make. */
export const steps = ["debit", "credit", "reversal"] as const;

/** How a step stands. A worker is at it, or died at it; it is on
 * record, as done or as rejected; or it was on record before, and the
 * worker was given the result, or what it threw. */
export type Standing =
  | ""
  | "now"
  | "died"
  | "done"
  | "rejected"
  | "replayed"
  | "rethrown";

/** What a worker asks: `record the debit`, for the record of step 0. */
export function asks({
  question,
}: {
  question: Question | undefined;
}): string {
  const number = /step (\d)/;
  const kind = (_: string, step: string) =>
    `the ${steps[Number(step)]}`;
  return nameOf(question).replace(number, kind);
}

// #region progress
/** How each of the three steps stands. */
export function progress(
  moments: Moment[],
  promises: Sight["promises"],
): Standing[] {
  return steps.map((kind, step) => {
    const promise = promises.find(({ id }) => id === `t1:${step}`);
    const last = moments.at(-1);
    if (!last) return "";
    if (promise && promise.state !== "pending") {
      const isNo = promise.state === "rejected";
      const mine = moments.filter(
        ({ worker }) => worker === last.worker,
      );
      if (mine.length > 1 && !hasRecorded(mine, kind))
        return isNo ? "rethrown" : "replayed";
      return isNo ? "rejected" : "done";
    }
    if (!asks(last).endsWith(kind)) return "";
    return isFatal(last) ? "died" : "now";
  });
}
// #endregion progress

/** Whether one of these moments put the result of a step on record. */
export function hasRecorded(moments: Moment[], kind: string): boolean {
  return moments.some(
    (it) => asks(it) === `record the ${kind}` && isDone(it),
  );
}

/** Whether what was asked was done, be it heard or not. */
export function isDone({ fate }: Moment): boolean {
  return fate === "answered" || fate === "unheard";
}

/** Whether the worker died of this question. */
export function isFatal({ fate }: Moment): boolean {
  return fate === "never came" || fate === "unheard";
}

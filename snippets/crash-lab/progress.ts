import { nameOf } from "../crash-matrix/matrix.ts";
import type { Sight } from "./look.ts";
import type { Moment } from "./start-lab.ts";

export const steps = ["debit", "credit", "reversal"] as const;

/**
 * How a step stands: a worker is at it, or died at it; it is done; or
 * the worker was not asked to do it, since its result is recorded.
 */
export type Standing = "" | "now" | "died" | "done" | "replayed";

/** The step that a worker is at with this question, if it is at one. */
export function stepOf({ question }: Moment): number | undefined {
  const name = nameOf(question);
  const step = steps.findIndex((kind) => name.endsWith(kind));
  const [, number = step] = /step (\d)$/.exec(name) ?? [];
  return Number(number) === -1 ? undefined : Number(number);
}

// #region progress
/** How each of the three steps stands. */
export function progress(
  moments: Moment[],
  sight?: Pick<Sight, "promises">,
): Standing[] {
  const last = moments.at(-1);
  const mine = moments.filter(({ worker }) => worker === last?.worker);
  const isRecorded = (step: number) =>
    sight?.promises.some(
      ({ id, state }) => id === `t1:${step}` && state !== "pending",
    );
  return steps.map((_, step) => {
    if (isRecorded(step)) {
      const tookOver = mine.length > 1 && !hasRecorded(mine, step);
      return tookOver ? "replayed" : "done";
    }
    if (!last || stepOf(last) !== step) return "";
    return isFatal(last) ? "died" : "now";
  });
}
// #endregion progress

/** Whether one of these moments put the result of a step on record. */
export function hasRecorded(moments: Moment[], step: number): boolean {
  return moments.some(
    ({ question, fate }) =>
      nameOf(question) === `record step ${step}` &&
      (fate === "answered" || fate === "unheard"),
  );
}

/** Whether the worker died of this question. */
export function isFatal({ fate }: Moment): boolean {
  return fate === "never came" || fate === "unheard";
}

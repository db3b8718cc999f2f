import type { Moment } from "../crash/history.ts";
import type { Snapshot } from "./snapshot.ts";

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

const verbs: Record<string, string> = { read: "look for" };
const nouns: Record<string, string> = { run: "transfer" };

/** What a worker calls for: `look for the debit`, for `read-debit`. */
export function asks({ name }: { name: string }): string {
  const [verb = "", noun = ""] = name.replace(/#\d+$/, "").split("-");
  return `${verbs[verb] ?? verb} the ${nouns[noun] ?? noun}`;
}

// #region progress
/** How each of the three steps stands. */
export function progress(
  moments: Moment[],
  promises: Snapshot["promises"],
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

/** Whether what was called for was done, be it heard or not. */
export function isDone({ fate }: Moment): boolean {
  return fate === "answered" || fate === "after";
}

/** Whether the worker died of this call. */
export function isFatal({ fate }: Moment): boolean {
  return fate === "before" || fate === "after";
}

/** Whether it was a write, was done, and wrote nothing. */
export function wroteNothing({ answer }: Moment): boolean {
  const { changes } = (answer ?? {}) as { changes?: number };
  return changes === 0;
}

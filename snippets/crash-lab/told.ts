import { isRefused } from "../crash/attend.ts";
import type { Moment } from "../crash/history.ts";
import { asks } from "./asks.ts";

/** What there is to know of a call, once it is over. */
export type Told = Pick<
  Moment,
  "worker" | "name" | "fate" | "met" | "answer"
>;

// #region told
/** Whether one of these moments put the result of a step on record. */
export function hasRecorded(moments: Told[], kind: string): boolean {
  return moments.some(
    (it) => asks(it) === `record the ${kind}` && isDone(it),
  );
}

/** Whether this was asked for last, and no answer came. */
export function isUnknown(moments: Told[], kind: string): boolean {
  const write = `write the ${kind}`;
  const asked = moments.findLast((it) => asks(it) === write);
  return asked?.met !== undefined && asked.met !== "request repeated";
}

/** Whether what was called for was done, be it heard or not. */
export function isDone({ fate, met, answer }: Told): boolean {
  if (met === "request lost" || met === "request held") return false;
  const isAsked = fate === "answered" || fate === "after";
  return (isAsked || fate === "late") && !isRefused(answer);
}

/** Whether the worker died of this call, or was frozen at it. */
export function isStop({ fate }: Told): boolean {
  return fate !== undefined && fate !== "answered" && fate !== "late";
}

/** Whether it is an offer that was taken before: one more comes when a
 * pause ends. */
export function isSecondOffer({ name, answer }: Told): boolean {
  return name.startsWith("take-run#") && isRefused(answer);
}

/** Whether it comes after those from a worker that had stopped: as a
 * call that was held, or since the worker was frozen and goes on. */
export function isBack(
  earlier: Told[],
  { worker, fate }: Told,
): boolean {
  const isMine = (it: Told) => it.worker === worker && isStop(it);
  return fate === "late" || earlier.some(isMine);
}

/** The first call that can come yet, as it was held, or its worker is
 * frozen. */
export function leftIn(moments: Told[]): Told | undefined {
  return moments.find((moment, at) => {
    const { worker, fate } = moment;
    const later = moments.slice(at + 1);
    const canCome = fate === "held" || fate === "frozen";
    return canCome && !later.some((it) => it.worker === worker);
  });
}

/** Whether it was a write, was done, and wrote nothing. */
export function wroteNothing({ answer }: Told): boolean {
  const { changes } = (answer ?? {}) as { changes?: number };
  return changes === 0;
}

/** Whether this was done, by a call that wrote something. */
export function wasDone(earlier: Told[], name: string): boolean {
  return earlier.some(
    (it) => asks(it) === name && isDone(it) && !wroteNothing(it),
  );
}
// #endregion told

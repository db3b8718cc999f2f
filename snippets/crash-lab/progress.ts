import { isRefused } from "../crash/attend.ts";
import type { Moment } from "../crash/history.ts";

/** The steps of the saga, by the entries that they make. */
export const steps = ["debit", "credit", "reversal"] as const;

/** How a step stands with a worker. The worker is at it, or stopped at
 * it; it put it on record, as done or as rejected, and it may be that
 * an earlier one had written it, or that both did; or it was on record
 * before, and the worker was given the result, or what it threw. A
 * worker whose lease has passed is refused by the server. */
export type Standing =
  | ""
  | "now"
  | "died"
  | "done"
  | "again"
  | "twice"
  | "refused"
  | "rejected"
  | "replayed"
  | "rethrown";

/** What there is to know of a call, once it is over. */
export type Told = Pick<Moment, "worker" | "name" | "fate" | "answer">;

const verbs: Record<string, string> = { read: "look for" };
const nouns: Record<string, string> = { run: "transfer" };

/** What a worker calls for: `look for the debit`, for `read-debit`. */
export function asks({ name }: { name: string }): string {
  const [verb = "", noun] = name.replace(/#\d+$/, "").split("-");
  if (noun === undefined) return "look at the account";
  return `${verbs[verb] ?? verb} the ${nouns[noun] ?? noun}`;
}

// #region progress
/** How each of the three steps stands, with each worker so far. */
export function progress(moments: Told[]): Standing[][] {
  const workers = Math.max(0, ...moments.map(({ worker }) => worker));
  return Array.from({ length: workers }, (_, at) => {
    const isMine = ({ worker }: Told) => worker === at + 1;
    const mine = moments.filter(isMine);
    const earlier = moments.slice(0, moments.findIndex(isMine));
    return steps.map((kind) => standingOf(kind, earlier, mine));
  });
}

function standingOf(kind: string, earlier: Told[], mine: Told[]) {
  const write = `write the ${kind}`;
  const isNo = !wasDone([...earlier, ...mine], write);
  if (hasRecorded(earlier, kind)) {
    if (mine.length < 2) return ""; // it was not told so yet
    return isNo ? "rethrown" : "replayed";
  }
  if (hasRecorded(mine, kind)) {
    if (isNo) return "rejected";
    if (!wasDone(earlier, write)) return "done";
    return wasDone(mine, write) ? "twice" : "again";
  }
  const last = mine.at(-1);
  if (!last || !asks(last).endsWith(kind)) return "";
  if (isRefused(last.answer)) return "refused";
  return isStop(last) ? "died" : "now";
}
// #endregion progress

/** Whether one of these moments put the result of a step on record. */
export function hasRecorded(moments: Told[], kind: string): boolean {
  return moments.some(
    (it) => asks(it) === `record the ${kind}` && isDone(it),
  );
}

/** Whether what was called for was done, be it heard or not. */
export function isDone({ fate, answer }: Told): boolean {
  const isAsked = fate === "answered" || fate === "after";
  return (isAsked || fate === "late") && !isRefused(answer);
}

/** Whether the worker died of this call, or was frozen at it. */
export function isStop({ fate }: Told): boolean {
  return fate !== undefined && fate !== "answered" && fate !== "late";
}

/** Whether it comes after those from a worker that had stopped: as a
 * call that was held, or since the worker was frozen and goes on. */
export function isBack(earlier: Told[], { worker }: Told): boolean {
  return earlier.some((it) => it.worker === worker && isStop(it));
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

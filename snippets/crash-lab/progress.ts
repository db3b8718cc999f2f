import { isRefused } from "../crash/attend.ts";
import { asks } from "./asks.ts";
import {
  hasRecorded,
  isStop,
  isUnknown,
  type Told,
  wasDone,
} from "./told.ts";

/** The steps of the saga, by the entries that they make. */
export const steps = ["debit", "credit", "reversal"] as const;

/** How a step stands with a worker. The worker is at it, or stopped at
 * it; it put it on record, as done or as rejected, and it may be that
 * an earlier one had written it, or that both did; or it was on record
 * before, and the worker was given the result, or what it threw. A
 * worker whose lease has passed is refused by the server. What a
 * worker hears no answer to is not known to it. */
export type Standing =
  | ""
  | "now"
  | "died"
  | "done"
  | "again"
  | "twice"
  | "refused"
  | "rejected"
  | "unknown"
  | "replayed"
  | "rethrown";

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
  const all = [...earlier, ...mine];
  const isNo = !wasDone(all, write);
  if (hasRecorded(earlier, kind)) {
    if (mine.length < 2) return ""; // it was not told so yet
    if (isUnknown(all, kind)) return "unknown";
    return isNo ? "rethrown" : "replayed";
  }
  if (hasRecorded(mine, kind)) {
    if (isUnknown(mine, kind)) return "unknown";
    if (isNo) return "rejected";
    if (!wasDone(earlier, write)) return "done";
    return wasDone(mine, write) ? "twice" : "again";
  }
  const last = mine.at(-1);
  if (!last || !asks(last).endsWith(kind)) return "";
  if (isRefused(last.answer)) return "refused";
  return isStop(last) || last.fate === "late" ? "died" : "now";
}
// #endregion progress

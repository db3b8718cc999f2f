import type { Fate, MessageFault } from "./crash-point.ts";
import { describe } from "./describe.ts";
import type { Call } from "./wire.ts";

// #region name
/** A call of a worker, and what became of it, once that is known. */
export interface Moment {
  /** Which worker, counted from 1. */
  worker: number;
  name: string;
  call: Call;
  /** `late` is a call that was held, and came. */
  fate?: Fate | "late";
  /** What it met on its way, if anything. */
  met?: MessageFault;
  answer?: unknown;
}

/** Names the calls of one worker: a name that it had is numbered, so
 * that each is one call: `read`, then `read#2`. */
export function nameCalls(steps: readonly string[], keys = steps) {
  const called = new Map<string, number>();
  return (call: Call): string => {
    const word = describe(call, steps, keys);
    const nth = (called.get(word) ?? 0) + 1;
    called.set(word, nth);
    return nth === 1 ? word : `${word}#${nth}`;
  };
}
// #endregion name

// #region retry
/** Whether its worker was answered this very call before, and has
 * recorded nothing since: it tries again, as it may without end. */
export function isRetry(history: Moment[], moment: Moment): boolean {
  if (!moment.name.includes("#")) return false; // it is the first so
  const mine = history.filter(({ worker }) => worker === moment.worker);
  const earlier = mine
    .slice(0, mine.indexOf(moment))
    .filter(({ fate }) => fate === "answered");
  const made = earlier.findLastIndex(
    ({ call }) => JSON.stringify(call) === JSON.stringify(moment.call),
  );
  const since = earlier.slice(made + 1);
  return made >= 0 && !since.some(({ name }) => /^record/.test(name));
}
// #endregion retry

import type { Fate } from "./crash-point.ts";
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

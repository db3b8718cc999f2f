type Body = (...args: never[]) => Generator;

// #region given
/**
 * The same saga. Tells, before each step, its id, and what the leaf is
 * given, which the engine does not record. Steps of steps are not told.
 */
export function telling(
  saga: Body,
  tell: (id: string, given: string) => void,
): Body {
  return function* (...args) {
    const body = saga(...args);
    let next = body.next();
    while (!next.done) {
      const { id, args } = next.value as Partial<Step>;
      if (id && args) tell(id, JSON.stringify(args));
      try {
        next = body.next(yield next.value);
      } catch (error) {
        next = body.throw(error);
      }
    }
    return next.value;
  };
}
type Step = { id: string; args: unknown[] };
// #endregion given

// #region first-difference
/** Where two values of JSON are not the same, and how, or nothing. */
export function firstDifference(
  was: unknown,
  is: unknown,
  at = "",
): string | undefined {
  if (JSON.stringify(was) === JSON.stringify(is)) return undefined;
  if (!isObject(was) || !isObject(is)) {
    const [before, now] = [was, is].map((it) => JSON.stringify(it));
    return `${at} was ${before}, and is ${now} now`;
  }
  for (const key of Object.keys({ ...was, ...is })) {
    const found = firstDifference(was[key], is[key], `${at}.${key}`);
    if (found) return found;
  }
  return `${at} has another order`;
}

function isObject(it: unknown): it is Record<string, unknown> {
  return typeof it === "object" && it !== null;
}
// #endregion first-difference

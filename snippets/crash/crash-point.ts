// #region crash-point
/** What becomes of a call: it is answered, or its worker stops. */
export type Fate = "answered" | Stop;
export type Stop = Death | "held" | "frozen";
/** A worker dies before the call is done, or after. */
export type Death = "before" | "after";

/** Where a worker dies: before or after the call of that name. */
export type CrashPoint = `${Death}:${string}`;

/** Both ways to die of each of these calls. */
export function pointsOf(calls: { name: string }[]): CrashPoint[] {
  return calls.flatMap(({ name }): CrashPoint[] => [
    `before:${name}`,
    `after:${name}`,
  ]);
}

/** What becomes of this call when its worker is to stop there. */
export function fateAt(
  point: FaultPoint | undefined,
  name: string,
): Fate {
  const { stop, name: at } = partsOf(point);
  return stop && at === name ? stop : "answered";
}
// #endregion crash-point

// #region stops
/** Where a worker dies, or dies with a call that is held and comes
 * late, or is frozen until its lease has passed. */
export type FaultPoint = `${Stop}:${string}`;

/** How a worker stops there, and at which call. */
export function partsOf(point = "") {
  const [stop, name = ""] = point.split(/:(.*)/);
  return { stop: stop as Stop | "", name };
}

/** All ways to stop at each of these calls. */
export function stopsAt(calls: { name: string }[]): FaultPoint[] {
  return [
    ...pointsOf(calls),
    ...calls.map(({ name }): FaultPoint => `held:${name}`),
    ...calls.map(({ name }): FaultPoint => `frozen:${name}`),
  ];
}
// #endregion stops

/** An error that says where a worker could have died instead. */
export function notReached(point: string, calls: { name: string }[]) {
  const there = pointsOf(calls).join(", ");
  return new Error(`no worker gets to ${point}; there is ${there}`);
}

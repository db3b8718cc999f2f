// #region crash-point
/** What becomes of a call: it is answered, or its worker dies, before
 * the call is done or after. */
export type Fate = "answered" | "before" | "after";
export type Death = Exclude<Fate, "answered">;

/** Where a worker dies: before or after the call of that name. */
export type CrashPoint = `${Death}:${string}`;

/** Both ways to die of each of these calls. */
export function pointsOf(calls: { name: string }[]): CrashPoint[] {
  return calls.flatMap(({ name }): CrashPoint[] => [
    `before:${name}`,
    `after:${name}`,
  ]);
}

/** What becomes of this call when its worker is to die there. */
export function fateAt(point: CrashPoint | undefined, name: string) {
  const [death = "", at] = point?.split(/:(.*)/) ?? [];
  return at === name ? (death as Death) : "answered";
}
// #endregion crash-point

/** An error that says where a worker could have died instead. */
export function notReached(point: string, calls: { name: string }[]) {
  const there = pointsOf(calls).join(", ");
  return new Error(`no worker gets to ${point}; there is ${there}`);
}

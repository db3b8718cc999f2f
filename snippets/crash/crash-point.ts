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
  point: StopPoint | undefined,
  name: string,
): Fate {
  const { stop, name: at } = partsOf(point);
  return stop && at === name ? stop : "answered";
}
// #endregion crash-point

// #region stops
/** Where a worker dies, or dies with a call that is held and comes
 * late, or is frozen until its lease has passed. */
export type StopPoint = `${Stop}:${string}`;

/** What happens there, and at which call. */
export function partsOf<P extends FaultPoint>(point?: P) {
  const [stop, name = ""] = (point ?? "").split(/:(.*)/);
  return {
    stop: stop as P extends StopPoint ? Stop : MessageFault,
    name,
  };
}

/** All ways to stop at each of these calls. */
export function stopsAt(calls: { name: string }[]): StopPoint[] {
  return [
    ...pointsOf(calls),
    ...calls.map(({ name }): StopPoint => `held:${name}`),
    ...calls.map(({ name }): StopPoint => `frozen:${name}`),
  ];
}
// #endregion stops

// #region messages
/** What a call can meet on its way, whose worker goes on. */
export const messageFaults = [
  "request lost",
  "answer lost",
  "request held",
  "request repeated",
] as const;
export type MessageFault = (typeof messageFaults)[number];
export type MessagePoint = `${MessageFault}:${string}`;
export type FaultPoint = StopPoint | MessagePoint;

/** All that messages can meet, at each of these calls. */
export function messagesAt(calls: { name: string }[]): MessagePoint[] {
  return calls.flatMap(({ name }) =>
    messageFaults.map((fault): MessagePoint => `${fault}:${name}`),
  );
}

/** Whether the call meets something there, and its worker goes on. */
export function isMessage(point: FaultPoint): point is MessagePoint {
  return messageFaults.some((fault) => point.startsWith(`${fault}:`));
}
// #endregion messages

/** An error that says where a worker could have died instead. */
export function notReached(point: string, calls: { name: string }[]) {
  const there = pointsOf(calls).join(", ");
  return new Error(`no worker gets to ${point}; there is ${there}`);
}

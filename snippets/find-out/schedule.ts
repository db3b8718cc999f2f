import {
  type FaultPoint,
  isMessage,
  messagesAt,
  stopsAt,
} from "../crash/crash-point.ts";
import type { Moment } from "../crash/history.ts";
import type { World } from "../crash/scenario.ts";
import { isLeft, type Meeting } from "../crash-lab/game.ts";

/** What a transfer meets, by name, and the faults that happen to it. */
export interface Schedule {
  meets: string;
  faults: readonly FaultPoint[];
}

// #region next
/** The same, but for its last worker: to that one something happens
 * that comes after all that has happened to it. */
export function nextOf(
  schedule: Schedule,
  history: Moment[],
  far: readonly string[],
): Schedule[] {
  const { faults } = schedule;
  const number = stopsIn(faults).length + 1;
  const all = history.filter(
    ({ worker, fate }) => worker === number && fate !== "late",
  );
  const calls = all.slice(all.findLastIndex(({ met }) => met) + 1);
  const sent = calls.filter(({ call }) => far.includes(call.to));
  const stops = stopsAt(calls).filter((point) => isOther(point, all));
  return [...stops, ...messagesAt(sent)].map((point) => ({
    ...schedule,
    faults: [...faults, point],
  }));
}

/** Whether no other stop comes to the same. To die before a call is to
 * die after the one before it; to look late is not to look; and what
 * comes late to the server is refused. */
function isOther(point: FaultPoint, calls: Moment[]): boolean {
  const isFirst = point === `before:${calls[0]?.name}`;
  const isSame =
    /^before:|^held:read|^(held|frozen):(take|begin|record|task)-/;
  return isFirst || !isSame.test(point);
}
// #endregion next

// #region faults
/** How many faults there are, with the changes that are met, and how
 * many changes nothing meets. */
export function countIn<W extends World>(
  faults: readonly FaultPoint[],
  { second, last }: Meeting<W>,
) {
  const isMet = [
    ...(second ? [stopsIn(faults).length > 0] : []),
    ...(last ? [isLeft(faults)] : []),
  ];
  const met = isMet.filter(Boolean).length;
  return { faults: faults.length + met, unmet: isMet.length - met };
}

const stopsIn = (faults: readonly FaultPoint[]) =>
  faults.filter((point) => !isMessage(point));
// #endregion faults

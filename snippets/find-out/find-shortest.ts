import pMap from "p-map";
import { type FaultPoint, stopsAt } from "../crash/crash-point.ts";
import type { Moment } from "../crash/history.ts";
import type { OpenDatabase } from "../crash/scenario.ts";
import type { Own } from "../crash-lab/lab-scenario.ts";
import { meetings } from "../crash-lab/meetings.ts";
import type { Plan } from "../crash-lab/plan.ts";
import { playOut } from "../crash-lab/play-out.ts";
import { harmOf } from "./harm-of.ts";

/** A schedule that does harm, and the cents that it makes, or loses if
 * below 0. */
export interface Found {
  plan: Plan;
  faults: number;
  calls: number;
  cents: number;
  harm: string;
}
/** The guard that the saga lacks, or a saga of your own. */
export interface Lacks {
  without?: string | undefined;
  own?: Own;
}

// #region find-shortest
/**
 * The schedule of the fewest faults, and then of the fewest calls, that
 * does harm by the saga that lacks this guard, or none. A fault is a
 * worker that stops, or a change after the start. Tries all of up to
 * `most`, and tells of each how many were tried, of how many of up to
 * this number of faults.
 */
export async function findShortest(
  { without, own }: Lacks,
  openDatabase: OpenDatabase,
  progress: (tried: number, known: number) => void,
  most = 2,
): Promise<{ tried: number; found?: Found }> {
  const order = { amountCents: 50_00, without };
  const worlds = Object.keys(meetings);
  const byFaults: Plan[][] = [
    worlds.map((meets) => ({ ...order, meets, faults: [] })),
  ];
  let tried = 0;
  let known = worlds.length;
  for (let faults = 0; faults <= most; faults += 1) {
    const one = async (plan: Plan) => {
      const played = await playOut(openDatabase, plan, own);
      progress(++tried, known);
      const { history, cents } = played;
      const harm = harmOf(plan, played) ?? "";
      const calls = history.length;
      const found: Found = { plan, faults, calls, cents, harm };
      return { found, next: nextOf(plan, history) };
    };
    const plans = byFaults[faults] ?? [];
    const played = await pMap(plans, one, { concurrency: 16 });
    const [found] = played
      .map((each) => each.found)
      .filter(({ harm }) => harm)
      .sort((a, b) => a.calls - b.calls);
    if (found) return { tried, found };
    for (const plan of played.flatMap(({ next }) => next)) {
      const count = faultsIn(plan);
      byFaults[count] ??= [];
      byFaults[count].push(plan);
    }
    known = tried + (byFaults[faults + 1]?.length ?? 0);
  }
  return { tried };
}

/** The same, but for its last worker: that one stops, too. */
function nextOf(plan: Plan, history: Moment[]): Plan[] {
  const number = plan.faults.length + 1;
  const last = history.filter(({ worker }) => worker === number);
  return stopsAt(last)
    .filter((point) => isOther(point, last))
    .map((point) => ({ ...plan, faults: [...plan.faults, point] }));
}

/** Whether no other stop comes to the same. To die before a call is to
 * die after the one before it; to look late is not to look; and what
 * comes late to the server is refused. */
function isOther(point: FaultPoint, calls: Moment[]): boolean {
  const isFirst = point === `before:${calls[0]?.name}`;
  const isSame =
    /^before:|^held:read|^(held|frozen):(take|begin|record)-/;
  return isFirst || !isSame.test(point);
}

/** How many workers stop, and how many changes are met. */
function faultsIn({ meets, faults }: Plan): number {
  const { second, last } = meetings[meets] ?? {};
  const isLeft = faults.some((point) => /^(held|frozen)/.test(point));
  const changes = [faults.length > 0 && second, isLeft && last];
  return faults.length + changes.filter(Boolean).length;
}
// #endregion find-shortest

import {
  type FaultPoint,
  fateAt,
  notReached,
} from "../crash/crash-point.ts";
import { isRetry, type Moment } from "../crash/history.ts";
import { resume } from "../crash/resume.ts";
import { orStuck } from "../crash/run-schedule.ts";
import type { OpenDatabase } from "../crash/scenario.ts";
import { Simulation } from "../crash/simulation.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { audit, balances } from "../transfer/accounts.ts";
import { type Answer, heard } from "./answer.ts";
import {
  changeLast,
  type Own,
  pathOf,
  scenarioOf,
} from "./lab-scenario.ts";
import type { Plan } from "./plan.ts";
import { isStop } from "./progress.ts";

/** What a transfer has left in the accounts, in cents. */
export interface Money {
  /** By how much all accounts differ from what was seeded. */
  cents: number;
  /** What Bob has, who had nothing. */
  bobCents: number;
}

/** How a plan was played, and what came of it. */
export interface Played extends Money {
  history: Moment[];
  /** What whoever asked for the transfer heard: a failure, too. */
  answer: Answer;
}

/** Is shown the run before each call, and after each stop and end. */
export type Look = (
  at: string,
  run: Simulation<TransferWorld>,
  answer?: Answer,
) => Promise<void>;

// #region play-out
/**
 * Plays a plan to its end, with workers that have no thread: until the
 * run has ended, or its deadline has passed, and all that was held or
 * frozen has come. The saga is that of the plan, or `own`. Throws when
 * a worker does not get to where it is to stop, and when there is no
 * end.
 */
export async function playOut(
  openDatabase: OpenDatabase,
  plan: Plan,
  own?: Own,
  look?: Look,
): Promise<Played> {
  const scenario = scenarioOf(plan, own);
  const path = pathOf(plan);
  const run = await Simulation.begin(scenario, path, openDatabase);
  const { history, server } = run;
  const over = orStuck(heard(run.end));
  const fateOf = (point?: FaultPoint) => async (moment: Moment) => {
    const { worker, name } = moment;
    await look?.(`${worker}:${name}`, run);
    if (!point && isRetry(history, moment)) await server.passDeadline();
    return fateAt(point, name);
  };
  const work = (point?: FaultPoint) =>
    run.work(startInProcess(scenario), fateOf(point), over);
  try {
    for (const point of plan.faults) {
      const before = history.length;
      await work(point);
      const stop = history.slice(before).find(isStop);
      if (!stop) throw notReached(point, history.slice(before));
      await look?.(`${stop.worker}:dead`, run);
      await server.passLease();
    }
    await work();
    const answer = await over;
    await look?.("end", run, answer);
    if (run.left.length) await changeLast(plan, run.world);
    while (run.left.length) {
      await resume(run, fateOf());
      await look?.("late", run, answer);
    }
    return { history, answer, ...(await moneyIn(run.world)) };
  } finally {
    await run.close();
  }
}

/** What is in the accounts of this world now. */
export async function moneyIn({ db }: TransferWorld): Promise<Money> {
  const { seededCents, heldCents } = await audit(db);
  const held = await balances(db);
  const bob = held.find(({ account }) => account === "bob");
  return { cents: heldCents - seededCents, bobCents: bob?.cents ?? 0 };
}
// #endregion play-out

import {
  type FaultPoint,
  fateAt,
  isMessage,
  notReached,
  partsOf,
  type StopPoint,
} from "../crash/crash-point.ts";
import { isRetry, type Moment } from "../crash/history.ts";
import { comeLate, resume } from "../crash/resume.ts";
import { orStuck } from "../crash/run-schedule.ts";
import type { OpenDatabase, World } from "../crash/scenario.ts";
import { Simulation } from "../crash/simulation.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import { type Answer, heard } from "./answer.ts";
import { type Game, isLeft, type Money, pathOf } from "./game.ts";
import { isStop } from "./told.ts";

/** How it was played, and what came of it. */
export interface Played extends Money {
  history: Moment[];
  /** What whoever asked for the transfer heard: a failure, too. */
  answer: Answer;
}

/** Is shown the run before each call, and after each stop and end. */
export type Look<W extends World> = (
  at: string,
  run: Simulation<W>,
  answer?: Answer,
) => Promise<void>;

// #region play
/**
 * Plays a run to its end, with workers that have no thread: until it
 * has ended, or its deadline has passed, and all that was held or
 * frozen has come. The faults happen in their order. Throws when one is
 * not reached, and when there is no end.
 */
export async function play<W extends World>(
  { scenario, meeting, moneyIn }: Game<W>,
  faults: readonly FaultPoint[],
  openDatabase: OpenDatabase,
  look?: Look<W>,
): Promise<Played> {
  const path = pathOf(meeting);
  const run = await Simulation.begin(scenario, path, openDatabase);
  const { history, server, world } = run;
  const over = orStuck(heard(run.end));
  const toCome = [...faults];
  /** What becomes of a call of a worker that stops there, or ends. */
  const fateOf = (stop?: StopPoint) => async (moment: Moment) => {
    const { worker, name, call } = moment;
    await look?.(`${worker}:${name}`, run);
    const [next] = toCome;
    if (next && isMessage(next) && partsOf(next).name === name) {
      const { stop: met } = partsOf(next);
      moment.met = met;
      // One that is held is lost, until it comes.
      world.meet?.(
        call.to,
        met === "request held" ? "request lost" : met,
      );
      toCome.shift();
    }
    if (!stop && isRetry(history, moment)) await server.passDeadline();
    return fateAt(stop, name);
  };
  const work = (stop?: StopPoint) =>
    run.work(startInProcess(scenario), fateOf(stop), over);
  try {
    for (const point of faults) {
      if (isMessage(point)) continue;
      const before = history.length;
      await work(point);
      const stop = history.slice(before).find(isStop);
      if (!stop || toCome.shift() !== point)
        throw notReached(point, history.slice(before));
      await look?.(`${stop.worker}:dead`, run);
      await server.passLease();
    }
    await work();
    const answer = await over;
    if (toCome[0]) throw notReached(toCome[0], history);
    await look?.("end", run, answer);
    if (isLeft(faults)) await meeting.last?.(world);
    while (run.left.length) {
      await resume(run, fateOf());
      await look?.("late", run, answer);
    }
    for (const held of history.filter(
      ({ met }) => met === "request held",
    )) {
      await comeLate(run, held);
      await look?.("late", run, answer);
    }
    return { history, answer, ...(await moneyIn(world)) };
  } finally {
    await run.close();
  }
}
// #endregion play

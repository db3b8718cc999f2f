import type { FateOf } from "#snippets/crash/attend.ts";
import {
  type FaultPoint,
  fateAt,
  notReached,
} from "#snippets/crash/crash-point.ts";
import type { Moment } from "#snippets/crash/history.ts";
import { resume } from "#snippets/crash/resume.ts";
import { orStuck } from "#snippets/crash/run-schedule.ts";
import { Simulation } from "#snippets/crash/simulation.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { type Answer, heard } from "#snippets/crash-lab/answer.ts";
import {
  changeLast,
  pathOf,
  scenarioOf,
} from "#snippets/crash-lab/lab-scenario.ts";
import { fromLink } from "#snippets/crash-lab/plan.ts";
import { type Snapshot, snapshot } from "#snippets/crash-lab/snapshot.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import type { Frame } from "../lab/frame.ts";

/** A frame of a lab, by its name. */
export interface NamedFrame extends Frame {
  /** A worker and what it is about to do, or that it is dead, or the end, or
   * that what was late came after it. */
  at: string;
  history: Moment[];
  snapshot: Snapshot;
}

/** A transfer that took place, frame by frame. */
export interface Recording {
  frames: NamedFrame[];
  history: Moment[];
  answers: Answer[];
}

const recordings = new Map<string, Promise<Recording>>();

/**
 * Runs the transfer of a plan, as a link to the lab has it, and records it for
 * pictures. Throws when a worker does not get to where it is to die.
 */
export function record(link: string): Promise<Recording> {
  const recorded = recordings.get(link) ?? run(link);
  recordings.set(link, recorded);
  return recorded;
}

async function run(link: string): Promise<Recording> {
  const plan = fromLink(link);
  const scenario = scenarioOf(plan);
  const run = await Simulation.begin(scenario, pathOf(plan), openLedger);
  const { history, server, world } = run;
  const frames: NamedFrame[] = [];
  const answers: Answer[] = [];
  const take = async (at: string) => {
    const now = history.map((moment) => ({ ...moment }));
    const left = await snapshot(world.db, server, now);
    frames.push({ at, history: now, answers: [...answers], snapshot: left });
  };
  const fateOf =
    (point?: FaultPoint): FateOf =>
    async ({ worker, name }) => {
      await take(`${worker}:${name}`);
      return fateAt(point, name);
    };
  const over = orStuck(heard(run.end));
  const employ = (point?: FaultPoint) =>
    run.work(startInProcess(scenario), fateOf(point), over);
  try {
    for (const point of plan.faults) {
      await employ(point);
      const last = history.at(-1);
      if (!last || last.fate === "answered") throw notReached(point, history);
      await take(`${last.worker}:dead`);
      await server.passLease();
    }
    await employ();
    answers.push(await over);
    await take("end");
    if (run.left.length) await changeLast(plan, world);
    while (run.left.length) {
      await resume(run, fateOf());
      await take("late");
    }
    return { frames, history, answers };
  } finally {
    await run.close();
  }
}

/** The frame of that name. Throws, and says which there are. */
export function frameAt(
  { frames }: Pick<Recording, "frames">,
  at: string,
): NamedFrame {
  const frame = frames.find((each) => each.at === at);
  const there = frames.map((each) => each.at).join(", ");
  if (!frame) throw new Error(`no picture "${at}"; there are ${there}`);
  return frame;
}

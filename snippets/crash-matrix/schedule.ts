import type { Question, Thread } from "../crash/wire.ts";
import { closeBob } from "../support/bank.ts";
import type { Host } from "./host.ts";
import { askForTransfer, type OpenBank } from "./one-transfer.ts";

/** Where a worker dies: at its nth question, counted from 0. */
export interface CrashPoint {
  question: number;
  fate: "never came" | "unheard";
}

/** Both ways to die of each of these questions. */
export function pointsOf(questions: Question[]): CrashPoint[] {
  return questions.flatMap((_, question) => [
    { question, fate: "never came" },
    { question, fate: "unheard" },
  ]);
}

/** Where schedules run, in Node or in a page. */
export interface Place {
  openBank: OpenBank;
  next: () => Thread;
}

// #region schedule
/**
 * One transfer, whose worker is killed at the first of the points, the
 * next worker at the second, and so on, until one is left to finish.
 * The target rejects or not, and may do otherwise for all workers but
 * the first. `landed` is called after each death, before the next
 * worker. Throws unless the end is one that a transfer may have, and
 * the target's where that does not change its mind.
 */
export async function runSchedule(
  { openBank, next }: Place,
  [rejects, laterRejects]: [boolean, boolean],
  points: CrashPoint[],
  landed?: (host: Host, asked: Question[][]) => Promise<void>,
) {
  const transfer = await askForTransfer(openBank);
  const { host, end } = transfer;
  const asked: Question[][] = [];
  async function work(point?: CrashPoint) {
    const thread = next();
    await closeBob(
      host.db,
      asked.length === 0 ? rejects : laterRejects,
    );
    const questions: Question[] = [];
    asked.push(questions);
    let reached = false;
    await host.work(thread, end, (question) => {
      const number = questions.push(question) - 1;
      if (number !== point?.question) return "answered";
      reached = true;
      return point.fate;
    });
    if (point && !reached) throw new Error("a point was not reached");
  }
  try {
    for (const point of points) {
      await work(point);
      await landed?.(host, asked);
      await host.passLease();
    }
    await work();
    const ended = await transfer.check();
    const wanted = rejects ? "compensated" : "committed";
    if (rejects === laterRejects && ended !== wanted)
      throw new Error(`it should be ${wanted}`);
    return { end: ended, asked };
  } catch (cause) {
    const { message } = cause as Error;
    const where = JSON.stringify(points);
    throw new Error(`${message}: ${where}`, { cause });
  } finally {
    await transfer.close();
  }
}
// #endregion schedule

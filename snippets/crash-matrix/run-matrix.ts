import { program } from "../program.ts";
import { type Path, runSchedule } from "./schedule.ts";
import { Threads } from "./threads.ts";
import type { CrashPoint, Question } from "./wire.ts";

const USAGE = `\
usage: npm run crash-matrix

Kills a worker at every point of a transfer, then its successor at every
point of what is left, and looks at the end each time. Takes minutes.`;

/** Both ways to die of each question: it was done, or never came. */
function* pointsOf(questions: Question[]): Generator<CrashPoint> {
  for (const index of questions.keys())
    for (const done of [false, true])
      yield { question: index + 1, done };
}

await program(USAGE, {}, async () => {
  const threads = new Threads();
  const next = () => threads.next();
  let [points, pairs, kills] = [0, 0, 0];

  /** Runs a schedule, all of whose points must be reached. */
  async function die(path: Path, ...schedule: CrashPoint[]) {
    let deaths = 0;
    const landed = async (_: unknown, questions: Question[][]) => {
      const { question } = schedule[deaths] as CrashPoint;
      if (questions.at(-1)?.length === question) deaths += 1;
    };
    const questions = await runSchedule(path, schedule, next, landed);
    if (deaths < schedule.length) throw new Error("a point was missed");
    kills += deaths;
    process.stderr.write(`\r${kills} kills`);
    return questions;
  }

  // #region pairs
  for (const path of ["committed", "compensated"] as Path[]) {
    const [whole = []] = await runSchedule(path, [], next);
    for (const first of pointsOf(whole)) {
      const [, rest = []] = await die(path, first);
      points += 1;
      for (const second of pointsOf(rest)) {
        await die(path, first, second);
        pairs += 1;
      }
    }
  }
  // #endregion pairs

  await threads.close();
  process.stderr.write("\r");
  console.log(`${points} points and ${pairs} pairs of points`);
  console.log(`${kills} workers killed, every transfer ended right`);
});

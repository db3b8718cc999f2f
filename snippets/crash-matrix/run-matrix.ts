import { writeFileSync } from "node:fs";
import { enableCompileCache } from "node:module";
import fc from "fast-check";
import pMap from "p-map";
import { startThread } from "../crash/start-thread.ts";
import { Threads } from "../crash/threads.ts";
import { openBank } from "../support/open-bank.ts";
import { program } from "../support/program.ts";
import { disorder, kinds, runDisorder } from "./disorder.ts";
import { die, type Target, targets } from "./matrix.ts";
import { pointsOf, runSchedule } from "./schedule.ts";

const USAGE = `\
usage: npm run crash-matrix [-- --seed <number>]

Kills a worker at every point of a transfer, then its successor at every
point of what is left. Then has transfers with two workers go through
all sorts of things at random. Looks at the end of each.

  --seed <number>   only what is random, from this seed on
  --report <file>   write what was run as JSON, unless there is a seed`;

const SCHEDULES = 10_000;
const LANES = 16; // at a time, each with a seed of its own
const violations: string[] = [];

// #region pairs
/** Every point of each path, and every pair: workers die for real. */
async function killAtEveryPoint() {
  enableCompileCache(); // threads start sooner
  const threads = new Threads(startThread);
  const place = { openBank, next: () => threads.next() };
  let kills = 0;
  const killed = () => progress(`${++kills} workers killed`);

  const firsts = [];
  for (const target of Object.keys(targets) as Target[]) {
    const whole = await runSchedule(place, targets[target], []);
    for (const point of pointsOf(whole.asked[0] ?? []))
      firsts.push({ target, point });
  }
  const deaths = await pMap(
    firsts,
    async ({ target, point }) => {
      try {
        return [await die(place, target, point, killed)];
      } catch (error) {
        violations.push(`${target}: ${(error as Error).message}`);
        return [];
      }
    },
    { concurrency: 3 },
  );
  await threads.close();
  const points = deaths.flat();
  const pairs = points.flatMap((death) => Object.values(death.pairs));
  return {
    points: points.length,
    pairs: pairs.reduce((sum, count) => sum + count, 0),
    kills,
    deaths: points,
  };
}
// #endregion pairs

// #region random
/** What is random. Here workers are left, and not killed. */
async function disturbAtRandom(firstSeed: number) {
  const events = Object.fromEntries(kinds.map((kind) => [kind, 0]));
  let schedules = 0;
  const property = fc.asyncProperty(disorder, async (each) => {
    await runDisorder(each, (what) => {
      events[what] = (events[what] ?? 0) + 1;
    });
    progress(`${++schedules} schedules`);
  });
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const seed = firstSeed + lane;
    const numRuns = SCHEDULES / LANES;
    const details = await fc.check(property, { seed, numRuns });
    if (details.failed)
      violations.push(
        `${details.errorInstance}\n${fc.defaultReportMessage(details)}`,
      );
  });
  await Promise.all(lanes);
  return { schedules, firstSeed, events };
}
// #endregion random

/** One line, which goes when the next thing is printed. */
function progress(line: string) {
  if (process.stderr.isTTY) process.stderr.write(`${line}\r`);
}

const options = {
  seed: { type: "string" },
  report: { type: "string" },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const { seed, report } = values;
  if (!/^\d{1,9}$/.test(`${seed ?? 1}`))
    throw new Error(`--seed takes no ${seed}`);
  const killed = seed ? undefined : await killAtEveryPoint();
  if (killed)
    console.log(
      `${killed.points} points, ${killed.pairs} pairs of points: ` +
        `${killed.kills} workers killed`,
    );
  const random = await disturbAtRandom(Number(seed ?? 1));
  console.log(`${random.schedules} schedules at random, in which`);
  for (const [what, count] of Object.entries(random.events))
    console.log(`${String(count).padStart(8)} ${what}`);
  console.log(`${violations.length} violations`);
  if (violations.length) throw new Error(violations.join("\n\n"));
  if (!report || !killed) return;
  const { deaths, ...figures } = killed;
  const all = { ...figures, ...random, violations: 0, deaths };
  writeFileSync(`${report}`, `${JSON.stringify(all, null, 2)}\n`);
});

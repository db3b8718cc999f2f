import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { everyPoint } from "../crash/every-point.ts";
import { randomFaults } from "../crash/random-faults.ts";
import type { Place } from "../crash/run-schedule.ts";
import type { Scenario } from "../crash/scenario.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import { startThread } from "../crash/start-thread.ts";
import { Threads } from "../crash/threads.ts";
import { program, progress } from "../support/program.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { writeReport } from "./write-report.ts";

const USAGE = `\
usage: npm run crash-matrix [-- --seed <number>] [--scenario <file>]
       [--here]

Kills a worker at every point of a transfer, then its successor at every
point of what is left. Then has transfers with two workers go through
all sorts of faults at random. Looks at the end of each.

  --seed <number>     only what is random, from this seed on
  --scenario <file>   not with our scenario, but with what this exports
  --here              workers have no thread, and are left, not killed
  --report <file>     write what was found as JSON, without a seed`;

const OURS = "snippets/crash-matrix/scenario.ts";
const openDatabase = () => openLedger();

// #region kill
/** Kills threads at every point. They read the scenario from a file. */
async function kill(scenario: Scenario, file: URL) {
  const threads = new Threads(() => startThread(file));
  const place = { openDatabase, next: () => threads.next() };
  return everywhere(scenario, place).finally(() => threads.close());
}

/** Has workers of this place die at every point. */
async function everywhere(scenario: Scenario, place: Place) {
  const { rows, ...found } = await everyPoint(
    scenario,
    placeHere(scenario),
    place,
    (kills) => progress(`${kills} workers killed`),
  );
  console.log(
    `${found.points} points, ${found.pairs} pairs of points: ` +
      `${found.kills} workers killed`,
  );
  return { ...found, deaths: rows };
}
// #endregion kill

const placeHere = (scenario: Scenario): Place => ({
  openDatabase,
  next: () => startInProcess(scenario),
});

/** Throws the shortest schedule of those that ended wrong, if any. */
function judge(violations: string[]) {
  console.log(`${violations.length} violations`);
  const [shortest] = violations.toSorted((a, b) => a.length - b.length);
  if (shortest) throw new Error(`the shortest: ${shortest}`);
}

const options = {
  seed: { type: "string" },
  scenario: { type: "string", default: OURS },
  here: { type: "boolean", default: false },
  report: { type: "string" },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const { seed, report } = values;
  if (!/^\d{1,9}$/.test(`${seed ?? 1}`))
    throw new Error(`--seed takes no ${seed}`);
  const path = `${values["scenario"]}`;
  if (!existsSync(path)) throw new Error(`there is no file ${path}`);
  const file = pathToFileURL(path);
  const { scenario } = (await import(file.href)) as {
    scenario?: Scenario;
  };
  if (!scenario) throw new Error(`${path} exports no scenario`);

  const killed = seed
    ? undefined
    : values["here"]
      ? await everywhere(scenario, placeHere(scenario))
      : await kill(scenario, file);
  if (killed?.violations.length) judge(killed.violations);
  const from = Number(seed ?? 1);
  const random = await randomFaults(scenario, from, openDatabase, (n) =>
    progress(`${n} schedules`),
  );
  console.log(`${random.schedules} schedules at random, in which`);
  for (const [what, count] of Object.entries(random.events))
    console.log(`${String(count).padStart(8)} ${what}`);
  judge(random.violations);
  if (!report || !killed) return;
  const { deaths, points, pairs, kills } = killed;
  const { violations, ...drawn } = random;
  const figures = { points, pairs, kills, ...drawn };
  const all = { ...figures, violations: violations.length };
  // Pages show each death of ours.
  const found = path === OURS ? { ...all, deaths } : all;
  if (!writeReport(`${report}`, path, found))
    console.log(`${report} is of another scenario, and stays`);
});

import fc from "fast-check";
import { orStuck } from "./run-schedule.ts";
import type { OpenDatabase, Scenario, World } from "./scenario.ts";
import { Simulation } from "./simulation.ts";
import { TwoWorkers } from "./two-workers.ts";

type Happens = (two: TwoWorkers, seat: number) => unknown;

// #region faults
/** What may happen, how likely, and what it is. */
const faults = {
  answered: [12, (two, seat) => two.decide(seat, "answered")],
  before: [2, (two, seat) => two.decide(seat, "before")],
  after: [2, (two, seat) => two.decide(seat, "after")],
  delayed: [2, (two, seat) => two.delay(seat)],
  arrived: [2, (two) => two.arrive()],
  repeated: [1, (two, seat) => two.repeat(seat)],
  message: [4, (two, seat) => two.bring(seat)],
  copy: [2, (two, seat) => two.bring(seat, { copy: true })],
  "lease passed": [
    2,
    ({ simulation }) => simulation.server.passLease().then(() => true),
  ],
} satisfies Record<string, [weight: number, Happens]>;
export type Fault = [what: string, seat: number];
export type Kind = keyof typeof faults;

/** All that can be seen to happen. */
export const kinds = [...Object.keys(faults), "refused"];

const drawn = Object.entries(faults).map(([name, [weight]]) => ({
  weight,
  arbitrary: fc.constant(name),
}));

/**
 * A path, and up to 60 faults. The path is the one on which things may
 * happen at any time, or else one that can end in one way only.
 */
export function faultsOn<W extends World>(paths: Scenario<W>["paths"]) {
  const all = Object.entries(paths);
  const eventful = all.find(([, { events }]) => events);
  const certain = all.filter(([, { ends }]) => ends.length === 1);
  const names = (eventful ? [eventful] : certain).map(([name]) => name);
  const { events = [] } = eventful?.[1] ?? {};
  const happens = events.map((event) => ({
    weight: 1,
    arbitrary: fc.constant(event),
  }));
  const what = fc.oneof(...drawn, ...happens);
  const schedule = fc.array(fc.tuple(what, fc.nat(1)), {
    maxLength: 60,
    size: "max",
  });
  return fc.tuple(fc.constantFrom(...names), schedule);
}
// #endregion faults

// #region run-faults
/**
 * One run, to which all this happens. Tells `saw` of each fault that
 * found something to happen to, and of each time that a worker was told
 * that its lease has passed, and of the end. Throws unless it ends as
 * the path may.
 */
export async function runFaults<W extends World>(
  scenario: Scenario<W>,
  [path, schedule]: [string, Fault[]],
  openDatabase: OpenDatabase,
  saw: (what: string) => void,
) {
  const way = scenario.paths[path];
  if (!way) throw new Error(`the scenario has no path ${path}`);
  const run = await Simulation.begin(scenario, way, openDatabase);
  const end = orStuck(run.end);
  try {
    await suffer(scenario, run, end, schedule, saw);
    await end;
    saw(`ended ${await run.check()}`);
  } finally {
    await run.close();
  }
}

/** Has two workers do it, to which all this happens, and leaves them in
 * peace then, until it ends, and all that was late has come. */
export async function suffer(
  scenario: Pick<Scenario, "work">,
  run: Pick<Simulation, "work" | "do" | "server" | "world">,
  end: Promise<unknown>,
  schedule: Fault[],
  saw: (what: string) => void,
) {
  const two = new TwoWorkers(scenario, run, end);
  await turn();
  for (const [what, seat] of schedule) {
    const [, happens] = faults[what as Kind] ?? [];
    if (!happens) await run.world.happen?.(what);
    if (!happens || (await happens(two, seat))) saw(what);
    await turn();
  }
  two.makePeace();
  for (let turns = 1; !two.hasEnded; turns *= 2) {
    await run.server.passLease(); // each is longer: pages are slow
    for (let left = turns; left && !two.hasEnded; left -= 1)
      do await turn();
      while (two.bring(0));
  }
  await two.done;
  while (await two.arrive());
  for (let times = 0; times < two.refusals; times += 1) saw("refused");
}
// #endregion run-faults

/** Lets all happen that follows. The store sends by a timer of 0 ms. */
async function turn() {
  const soon = globalThis.setImmediate ?? setTimeout; // not in a page
  await new Promise((resolve) => soon(resolve));
  await new Promise((resolve) => setTimeout(resolve, 0));
}

import fc from "fast-check";
import { type Fault, faultsOn, suffer } from "../crash/faults.ts";
import { orStuck } from "../crash/run-schedule.ts";
import type { OpenDatabase, Path } from "../crash/scenario.ts";
import { Simulation } from "../crash/simulation.ts";
import { heard } from "../crash-lab/answer.ts";
import { scenarioOf } from "../crash-lab/lab-scenario.ts";
import { meetings } from "../crash-lab/meetings.ts";
import { moneyIn } from "../crash-lab/play-out.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import type { Lacks } from "./find-shortest.ts";
import { harmOf } from "./harm-of.ts";

/** How many schedules are drawn, in how many lanes at a time. */
export const DRAWN = 320;
const LANES = 16;

/** What happens to two workers, and the harm that comes of it. */
export interface Drawn {
  meets: string;
  faults: Fault[];
  harm: string;
}

// #region find-at-random
/** Both have taken the transfer: the lease of the first has passed. */
const BOTH: Fault[] = [
  ["message", 0],
  ["answered", 0],
  ["lease passed", 0],
  ["message", 1],
  ["answered", 1],
];

/**
 * Has two workers make the transfer, to which up to 60 faults happen,
 * drawn at random, with an account that is open or closed all the time.
 * Gives the first schedule that does harm, shortened, or none.
 */
export async function findAtRandom(
  { without, own }: Lacks,
  openDatabase: OpenDatabase,
  progress: (tried: number) => void,
): Promise<{ tried: number; found?: Drawn }> {
  const order = { amountCents: 50_00, without };
  const pathOf = (meets: string): Path<TransferWorld> => {
    const { first = () => {}, ends = [] } = meetings[meets] ?? {};
    return { before: [first], ends };
  };
  const scenario = {
    ...scenarioOf({ ...order, meets: "open" }, own),
    paths: { open: pathOf("open"), closed: pathOf("closed") },
  };
  let tried = 0;
  async function harmBy(meets: string, faults: Fault[]) {
    const path = pathOf(meets);
    const run = await Simulation.begin(scenario, path, openDatabase);
    const end = orStuck(heard(run.end));
    try {
      await suffer(scenario, run, end, faults, () => {});
      const money = await moneyIn(run.world);
      const answer = await end;
      return harmOf({ ...order, meets }, { ...money, answer });
    } finally {
      await run.close();
      progress(++tried);
    }
  }
  const drawn = faultsOn(scenario).map(
    ([meets, faults]): [string, Fault[]] => [
      meets,
      [...BOTH, ...faults],
    ],
  );
  const isRight = fc.asyncProperty(drawn, async (each) => {
    const harm = await harmBy(...each);
    if (harm) throw new Error(harm);
  });
  const lanes = Array.from({ length: LANES }, (_, lane) =>
    fc.check(isRight, { seed: lane + 1, numRuns: DRAWN / LANES }),
  );
  for (const { counterexample, errorInstance } of await Promise.all(
    lanes,
  )) {
    if (!counterexample) continue;
    const [[meets, faults]] = counterexample;
    const { message: harm } = errorInstance as Error;
    return { tried, found: { meets, faults, harm } };
  }
  return { tried };
}
// #endregion find-at-random

import { setImmediate, setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { closeBob } from "../support/bank.ts";
import { openBank } from "../support/open-bank.ts";
import { askForTransfer } from "./one-transfer.ts";
import type { Saga } from "./start-worker.ts";
import { TwoWorkers } from "./two-workers.ts";

type Happens = (two: TwoWorkers, seat: number) => unknown;

// #region events
/** What may happen, how likely, and what it is. */
const events = {
  answered: [12, (two, seat) => two.decide(seat, "answered")],
  "never came": [2, (two, seat) => two.decide(seat, "never came")],
  unheard: [2, (two, seat) => two.decide(seat, "unheard")],
  delayed: [2, (two, seat) => two.delay(seat)],
  arrived: [2, (two) => two.arrive()],
  repeated: [1, (two, seat) => two.repeat(seat)],
  message: [4, (two, seat) => two.bring(seat)],
  copy: [2, (two, seat) => two.bring(seat, { copy: true })],
  "lease passed": [2, (two) => two.host.passLease().then(() => true)],
} satisfies Record<string, [weight: number, Happens]>;
export type Event = [what: keyof typeof events, seat: number];

/** All that can be seen to happen. */
export const kinds = [...Object.keys(events), "refused"];

const what = fc.oneof(
  ...Object.entries(events).map(([name, [weight]]) => ({
    weight,
    arbitrary: fc.constant(name as Event[0]),
  })),
);
/** Whether the target rejects, and up to 60 events. */
export const disorder = fc.tuple(
  fc.boolean(),
  fc.array(fc.tuple(what, fc.nat(1)), { maxLength: 60, size: "max" }),
);
// #endregion events

// #region run-disorder
/**
 * One transfer, to which all this happens, and which is then left in
 * peace until it ends. Tells `saw` of each event that found something
 * to happen to, and of each time that a worker was told that its lease
 * has passed. Throws unless it ends as a transfer may.
 */
export async function runDisorder(
  [rejects, schedule]: [boolean, Event[]],
  saw: (what: string) => void,
  saga?: Saga,
) {
  const { host, end, check, close } = await askForTransfer(openBank);
  try {
    await closeBob(host.db, rejects);
    const two = new TwoWorkers(host, end, saga);
    await turn();
    for (const [what, seat] of schedule) {
      const [, happens] = events[what];
      if (await happens(two, seat)) saw(what);
      await turn();
    }
    two.makePeace();
    while (!two.hasEnded) {
      await host.passLease();
      await turn();
      while (two.bring(0)) await turn();
    }
    await two.done;
    while (await two.arrive());
    for (let times = 0; times < two.refusals; times += 1)
      saw("refused");
    const wanted = rejects ? "compensated" : "committed";
    if ((await check()) !== wanted)
      throw new Error(`it should be ${wanted}`);
  } finally {
    await close();
  }
}
// #endregion run-disorder

/** Lets all happen that follows: the store sends by a timer of 0 ms. */
async function turn() {
  await setImmediate();
  await setTimeout(0);
}

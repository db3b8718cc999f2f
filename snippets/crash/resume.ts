import type { attend, FateOf } from "./attend.ts";
import type { Moment } from "./history.ts";
import type { Simulation } from "./simulation.ts";

/** What a worker left that can come yet: a call, or the worker. */
export interface Left {
  held?: Moment;
  frozen?: ReturnType<typeof attend>;
}

// #region resume
/**
 * Lets the first thing come that a stopped worker left behind. A call
 * that was held is done, and nobody hears so. A worker that was frozen
 * goes on, until it is refused or has no more to say.
 */
export async function resume(
  run: Pick<Simulation, "left" | "history" | "do">,
  fateOf: FateOf,
) {
  const { held, frozen } = run.left[0] ?? {};
  if (held) await comeLate(run, held);
  await frozen?.thaw(fateOf);
  await frozen?.leave();
  run.left.shift();
}

/** Does a call late. Nobody hears its answer. */
export async function comeLate(
  run: Pick<Simulation, "history" | "do">,
  { met: _, ...held }: Moment,
) {
  const late: Moment = { ...held, fate: "late" };
  const done = await run.do(held.call);
  if ("value" in done) late.answer = done.value;
  run.history.push(late);
}
// #endregion resume

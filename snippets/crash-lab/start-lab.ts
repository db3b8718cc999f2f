import type { Fate } from "../crash/crash-point.ts";
import type { Moment } from "../crash/history.ts";
import { resume } from "../crash/resume.ts";
import type { Place } from "../crash/run-schedule.ts";
import { Simulation } from "../crash/simulation.ts";
import { type Answer, heard } from "./answer.ts";
import { pathOf } from "./game.ts";
import { gameOf } from "./lab-scenario.ts";
import type { Plan } from "./plan.ts";

// #region start-lab
/**
 * Begins one transfer, in the hands of a reader: its workers wait at
 * every call until `decide` says what becomes of it. Tells `changed` of
 * each call, and of each answer to whoever asked for the transfer.
 * Throws `InvalidTransfer` when the amount is not one.
 */
export async function startLab(
  { openDatabase, next }: Place,
  plan: Omit<Plan, "faults">,
  changed: () => void,
) {
  const { scenario, meeting, snapshotOf } = gameOf(plan);
  const path = pathOf(meeting);
  const run = await Simulation.begin(scenario, path, openDatabase);
  const { history, server } = run;
  const answers: Answer[] = [];
  const left = Promise.withResolvers<void>();
  let decide: ((fate: Fate) => void) | undefined;

  async function hear(answer: Promise<unknown>) {
    answers.push(await heard(answer));
    changed();
  }
  function fateOf(_: Moment): Promise<Fate> {
    const decided = Promise.withResolvers<Fate>();
    decide = decided.resolve;
    changed();
    return decided.promise;
  }
  let isOver = false;
  const over = Promise.race([hear(run.end), left.promise]);
  const note = over.finally(() => {
    isOver = true;
  });
  async function employAll() {
    while (!isOver) {
      await run.work(next(), fateOf, note);
      changed();
    }
  }
  const done = employAll();

  return {
    history,
    answers,
    /** Asks by the same id again. */
    ask: () => hear(run.ask()),
    decide: (fate: Fate) => decide?.(fate),
    snapshot: () => snapshotOf(run),
    /** Lets time pass: up to now, or until the lease has passed. */
    tick: () => server.tick(Date.now()),
    skipWait: () => server.passLease(),
    /** Lets it pass until the transfer may take no longer. */
    skipToDeadline: () => server.passDeadline(),
    /** Has what was held or frozen come, after the end. */
    async resume() {
      await meeting.last?.(run.world);
      await resume(run, fateOf);
      changed();
    },
    /** Ends its worker, and closes the ledger. */
    async close() {
      left.resolve();
      await done;
      await run.close();
    },
  };
}
export type Lab = Awaited<ReturnType<typeof startLab>>;
// #endregion start-lab

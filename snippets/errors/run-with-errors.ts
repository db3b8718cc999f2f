import { setTimeout } from "node:timers/promises";
import { orStuck } from "../crash/run-schedule.ts";
import type { Scenario, World } from "../crash/scenario.ts";
import { Simulation } from "../crash/simulation.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import type { Call } from "../crash/wire.ts";
import { openLedger } from "../transfer/open-ledger.ts";

/** An error of a store, where a call may be done all the same. */
export interface StoreError {
  code: string;
  isDone: boolean;
}

// #region run-with-errors
/**
 * One run on this path, in which the nth call to a store, the ledger or
 * the engine's server, may meet an error. A worker that asks for
 * nothing more is left, its lease passes, and another goes on. Gives
 * how many calls there were, and the end, or what was wrong with it.
 */
export async function runWithErrors<W extends World>(
  scenario: Scenario<W>,
  path: string,
  to: "ledger" | "server",
  errorAt: (nth: number) => StoreError | undefined,
) {
  const way = scenario.paths[path];
  if (!way) throw new Error(`the scenario has no path ${path}`);
  const run = await Simulation.begin(scenario, way, () => openLedger());
  let calls = 0;
  const answer = run.do.bind(run);
  run.do = async (call) => {
    if (call.to !== to || isHeartbeat(call)) return answer(call);
    const error = errorAt(calls++);
    if (error && !error.isDone) return { error: error.code };
    const done = await answer(call);
    return error ? { error: error.code } : done;
  };
  let hasEnded = false;
  const end = orStuck(run.end).finally(() => {
    hasEnded = true;
  });
  end.catch(() => {}); // it is looked at below
  try {
    for (let workers = 0; !hasEnded && workers < MOST; workers += 1) {
      const until = Promise.race([end, untilQuiet(run)]);
      const worker = startInProcess(scenario);
      await run.work(worker, () => "answered", until);
      await run.server.passLease();
    }
    if (!hasEnded) throw new Error("it does not end");
    await end;
    return { calls, end: await run.check() };
  } catch (error) {
    return { calls, wrong: (error as Error).message };
  } finally {
    await run.close();
  }
}

const MOST = 10; // workers: each gets further, or never will
const TURNS = 50; // of a millisecond each, or longer

/** Until its worker has asked for nothing in so many turns. */
export async function untilQuiet({
  history,
}: Pick<Simulation, "history">) {
  for (let turns = 0, calls = -1; turns < TURNS; turns += 1) {
    if (history.length !== calls) turns = 0;
    calls = history.length;
    await setTimeout(1);
  }
}
// #endregion run-with-errors

function isHeartbeat({ args }: Call): boolean {
  const { kind } = (args[0] ?? {}) as { kind?: string };
  return kind === "task.heartbeat";
}

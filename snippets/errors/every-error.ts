import pMap from "p-map";
import { runSchedule } from "../crash/run-schedule.ts";
import type { Scenario, World } from "../crash/scenario.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { runWithErrors } from "./run-with-errors.ts";

/** What SQLite answers when it is locked, full, or cannot read. */
export const codes = ["SQLITE_BUSY", "SQLITE_FULL", "SQLITE_IOERR"];

// #region every-error
/**
 * Has each call of a run to a store meet each error, once: before the
 * call is done, and after. Gives how many ended right, and what was
 * wrong with the others.
 */
export async function everyError<W extends World>(
  scenario: Scenario<W>,
  to: "ledger" | "server",
  paths = Object.keys(scenario.paths),
) {
  const all = [];
  for (const path of paths) {
    const { history } = await runSchedule(scenario, path, [], {
      openDatabase: () => openLedger(),
      next: () => startInProcess(scenario),
    });
    const calls = history.filter(({ call }) => call.to === to);
    for (const at of calls.keys())
      for (const code of codes)
        for (const isDone of [false, true])
          all.push({ path, at, error: { code, isDone } });
  }
  const ended = await pMap(
    all,
    async ({ path, at, error }) => {
      const once = (nth: number) => (nth === at ? error : undefined);
      const { wrong } = await runWithErrors(scenario, path, to, once);
      return wrong && `${path}, call ${at}, ${error.code}: ${wrong}`;
    },
    { concurrency: 16 },
  );
  const wrong = ended.filter((it) => it !== undefined);
  return { errors: all.length, wrong };
}
// #endregion every-error

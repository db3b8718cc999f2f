import { enableCompileCache } from "node:module";
import pMap from "p-map";
import { expect } from "vitest";
import { type CrashPoint, pointsOf } from "#snippets/crash/crash-point.ts";
import type { Moment } from "#snippets/crash/history.ts";
import { runSchedule } from "#snippets/crash/run-schedule.ts";
import type { Simulation } from "#snippets/crash/simulation.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import type { Worker } from "#snippets/crash/wire.ts";
import { scenario } from "#snippets/crash-matrix/scenario.ts";
import type { TransferWorld } from "#snippets/crash-matrix/transfer-world.ts";
import { entriesOf } from "#snippets/transfer/accounts.ts";
import { openDatabase } from "./simulate.ts";

enableCompileCache(); // threads start sooner

/** The crash landed: what was done before it is there, and nothing else. */
function landedAt(point: CrashPoint) {
  return async ({ history, world, server }: Simulation<TransferWorld>) => {
    const last = history.at(-1) as Moment;
    expect(`${last.fate}:${last.name}`).toBe(point);
    expect(history.slice(0, -1).every((it) => it.fate === "answered")).toBe(
      true,
    );
    const { length } = await world.db.prepare("SELECT * FROM closed").all();
    const done = history
      .slice(0, last.fate === "after" ? undefined : -1)
      .map(({ name }) => name)
      .filter((name) => !(length && name === "write-credit")); // is refused
    const count = (kind: string) =>
      done.filter((name) => name.startsWith(kind)).length;
    expect(await entriesOf(world.db, "t1")).toHaveLength(count("write"));
    const states = [...(await server.states()).values()];
    expect(states).toHaveLength(1 + count("begin"));
    const settled = states.filter((state) => state !== "pending");
    expect(settled).toHaveLength(count("record"));
  };
}

/**
 * Kills a worker at each point of a transfer, has a successor finish it, and
 * says how each ended.
 */
export async function endsOf(
  path: string,
  first: () => Worker,
  successor = () => startInProcess(scenario), // nobody kills it
) {
  const place = { openDatabase, next: first };
  const whole = await runSchedule(scenario, path, [], place);
  let kills = 0;
  const ends = await pMap(
    pointsOf(whole.history),
    async (point) => {
      const landed = landedAt(point);
      let workers = 0;
      const next = () => (workers++ === 0 ? first() : successor());
      const { end } = await runSchedule(
        scenario,
        path,
        [point],
        { openDatabase, next },
        (run) => {
          kills += 1;
          return landed(run);
        },
      );
      return end;
    },
    { concurrency: 3 },
  );
  expect(kills).toBe(ends.length);
  return ends;
}

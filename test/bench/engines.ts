import { randomUUID } from "node:crypto";
import { Resonate } from "@resonatehq/sdk";
import pMap from "p-map";
import { silence } from "../../snippets/crash/silence.ts";
import { openNetwork } from "../../snippets/many-machines/network.ts";
import type { LedgerDb } from "../../snippets/transfer/ledger.ts";
import { transferMoney } from "../../snippets/transfer/transfer-money.ts";
import { inTurns, median, timed } from "./in-turns.ts";
import { openBench } from "./open-bench.ts";

/**
 * A worker that is its own client, with its records at `url`, or in process, and
 * its ledger in a file. `transfer` makes the next transfer.
 */
export async function openEngine(
  url: string | undefined,
  file: string,
): Promise<Engine> {
  const [group, pid] = [randomUUID(), randomUUID()];
  const resonate = url
    ? new Resonate({
        network: openNetwork(url, group, pid, silence),
        pid,
        logger: silence,
      })
    : new Resonate({ logger: silence });
  const { db, order } = await openBench(file);
  resonate.setDependency("db", db);
  const saga = resonate.register("transferMoney", transferMoney);
  let made = 0;
  return {
    transfer() {
      const next = order(made++, group);
      return saga.run(next.id, next);
    },
    made: () => made,
    db,
    async close() {
      await resonate.stop();
      db.close();
    },
  };
}

/** What makes transfers, in a ledger of its own. */
export interface Engine {
  transfer(): Promise<unknown>;
  made(): number;
  db: LedgerDb;
  close(): Promise<void>;
}

export const IN_FLIGHT = 32;

/** Makes transfers until it has made so many, `IN_FLIGHT` at a time. */
export function makeUntil(engine: Engine, total: number): Promise<unknown> {
  return pMap(
    Array.from({ length: total - engine.made() }),
    () => engine.transfer(),
    { concurrency: IN_FLIGHT },
  );
}

/** Milliseconds of a transfer: alone, and among `IN_FLIGHT` at once. */
export async function measureEngines(
  engines: Record<string, Engine>,
  rounds: number,
) {
  const alone = await inTurns(
    Object.fromEntries(
      Object.entries(engines).map(([name, engine]) => [
        name,
        () => engine.transfer(),
      ]),
    ),
    rounds,
  );
  const BATCH = 10 * IN_FLIGHT;
  const batches = await inTurns(
    Object.fromEntries(
      Object.entries(engines).map(([name, engine]) => [
        name,
        () => makeUntil(engine, engine.made() + BATCH),
      ]),
    ),
    5,
  );
  return Object.fromEntries(
    Object.keys(engines).map((name) => [
      name,
      {
        alone: alone[name] ?? Number.NaN,
        together: (batches[name] ?? Number.NaN) / BATCH,
      },
    ]),
  );
}

/**
 * Milliseconds of a transfer alone, when so many have been made before: for as
 * many sizes as `limitMs` allow.
 */
export async function measureGrowth(
  engine: Engine,
  sizes: number[],
  limitMs: number,
  said: (made: number) => void,
) {
  const found: { size: number; ms: number; heapMb: number }[] = [];
  const end = performance.now() + limitMs;
  for (const size of sizes) {
    while (engine.made() < size) {
      if (performance.now() > end) return found;
      await makeUntil(engine, Math.min(size, engine.made() + 500));
      said(engine.made());
    }
    const ms: number[] = [];
    for (let nth = 0; nth < 100; nth += 1)
      ms.push(await timed(() => engine.transfer()));
    const heapMb = process.memoryUsage().heapUsed / 2 ** 20;
    found.push({ size, ms: median(ms), heapMb });
  }
  return found;
}

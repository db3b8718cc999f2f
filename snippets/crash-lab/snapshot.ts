import { Codec } from "@resonatehq/sdk";
import type { Moment } from "../crash/history.ts";
import type { Server } from "../crash/server.ts";
import { audit, balances, entriesOf } from "../transfer/accounts.ts";
import type { LedgerDb } from "../transfer/ledger.ts";

const codec = new Codec();

// #region snapshot
/**
 * What outlives a worker: the entries of all these ledgers and what
 * each account holds, the durable promises, and until when, in
 * milliseconds, the server waits, and for which worker.
 */
export async function snapshot(
  ledgers: LedgerDb[],
  server: Server,
  history: Moment[],
) {
  const { promises, tasks, taskTimeouts } = await server.snapshot();
  const all = await Promise.all(ledgers.map(look));
  const sum = (cents: number[]) => cents.reduce((a, b) => a + b, 0);
  return {
    entries: all.flatMap(({ entries }) => entries),
    balances: all.flatMap(({ balances }) => balances),
    seededCents: sum(all.map(({ seededCents }) => seededCents)),
    heldCents: sum(all.map(({ heldCents }) => heldCents)),
    promises: promises.map(({ id, state, value }) => ({
      id,
      state,
      value: isKnown(state) ? inWords(codec.decode(value)) : "",
    })),
    lease: {
      holder: takerOf(tasks[0]?.pid, history),
      until: taskTimeouts[0]?.timeout,
    },
  };
}
export type Snapshot = Awaited<ReturnType<typeof snapshot>>;

async function look(db: LedgerDb) {
  return {
    entries: await entriesOf(db, "t1"),
    balances: await balances(db),
    ...(await audit(db)),
  };
}
// #endregion snapshot

/** Neither what is pending nor what came too late has a value. */
function isKnown(state: string): boolean {
  return state === "resolved" || state === "rejected";
}

/** The worker that took the transfer, and has this name. */
function takerOf(pid: string | undefined, history: Moment[]) {
  const taken = history.find(({ name, call }) => {
    if (!name.startsWith("take-run")) return false;
    const [request] = call.args as [{ data: { pid?: string } }];
    return request.data.pid === pid;
  });
  return taken?.worker;
}

function inWords(value: unknown): string {
  if (value instanceof Error) return value.message;
  const { status } = (value ?? {}) as { status?: string };
  return status ?? String(value ?? "");
}

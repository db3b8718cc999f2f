import { Codec } from "@resonatehq/sdk";
import type { Host } from "../crash-matrix/host.ts";
import { audit, balances, entriesOf } from "../transfer/accounts.ts";
import type { Moment } from "./start-lab.ts";

const codec = new Codec();

// #region look
/**
 * What outlives a worker: the entries and what each account holds, the
 * durable promises, and until when, in milliseconds, the server waits,
 * and for which worker.
 */
export async function look(host: Host, moments: Moment[]) {
  const { db } = host;
  const { promises, tasks, taskTimeouts } = await host.look();
  return {
    entries: await entriesOf(db, "t1"),
    balances: await balances(db),
    ...(await audit(db)),
    promises: promises.map(({ id, state, value }) => ({
      id,
      state,
      value: state === "pending" ? "" : inWords(codec.decode(value)),
    })),
    lease: {
      holder: takerOf(tasks[0]?.pid, moments),
      until: taskTimeouts[0]?.timeout,
    },
  };
}
export type Sight = Awaited<ReturnType<typeof look>>;
// #endregion look

/** The worker that took the transfer, and has this name. */
function takerOf(pid: string | undefined, moments: Moment[]) {
  const taken = moments.find(
    ({ question }) =>
      question.to === "server" &&
      question.request.kind === "task.acquire" &&
      question.request.data.pid === pid,
  );
  return taken?.worker;
}

function inWords(value: unknown): string {
  if (value instanceof Error) return value.message;
  const { status } = value as { status?: string };
  return status ?? String(value);
}

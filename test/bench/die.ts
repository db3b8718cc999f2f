import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Resonate } from "@resonatehq/sdk";
import { silence } from "../../snippets/crash/silence.ts";
import { countMade } from "../../snippets/many-machines/count-made.ts";
import { openNetwork } from "../../snippets/many-machines/network.ts";
import { openShared } from "../../snippets/many-machines/open-shared.ts";
import { untilAnswered } from "../../snippets/many-machines/until-answered.ts";
import { startProcess } from "../../snippets/support/start-process.ts";
import { openAccount } from "../../snippets/transfer/accounts.ts";
import { checkTransfer } from "../../snippets/transfer/check-transfer.ts";

export const LEASE_MS = 2_000;
const WORKER = new URL("held-worker.ts", import.meta.url);

type Child = Awaited<ReturnType<typeof startProcess>>["child"];

/** A worker that is about to make a credit, and others like it. */
interface Scene {
  first: Child;
  startWorker(): Promise<Child>;
}

/**
 * Has `death` happen while a worker is about to make the credit of a transfer.
 * Seconds from then until the end is on record, and until the caller is told,
 * who asks until there is an answer. Throws unless the transfer was made once.
 */
export async function die(
  url: string,
  ledger: string,
  death: (scene: Scene) => Promise<unknown>,
) {
  const group = randomUUID();
  const open = (name: string) => {
    const pid = randomUUID();
    const network = openNetwork(url, `${group}-${name}`, pid, silence);
    return new Resonate({ network, pid, logger: silence });
  };
  const [caller, onlooker] = [open("caller"), open("onlooker")];
  const db = await openShared(ledger);
  await openAccount(db, "alice", 1_00);
  await openAccount(db, "bob", 0);
  const order = await checkTransfer(
    { id: group, source: "alice", target: "bob", amountCents: 1_00 },
    db,
  );
  const workers: Child[] = [];
  const startWorker = async (stops = "") => {
    const told = [url, group, `${LEASE_MS}`, ledger, stops];
    const { child } = await startProcess(WORKER, told);
    workers.push(child);
    return child;
  };
  const first = await startWorker("stops");
  const holds = once(first, "message");
  const toWorkers = caller.options({ target: group });
  const told = untilAnswered(() =>
    caller.rpc(group, "transferMoney", order, toWorkers),
  ).then(() => performance.now());
  await holds;

  const begun = performance.now();
  const ended = death({ first, startWorker }).then(async () => {
    while (!(await isOver(onlooker, group))) await setTimeout(50);
    return performance.now();
  });
  const times = await Promise.all([ended, told]);
  for (const worker of workers) if (worker.connected) worker.disconnect();
  await Promise.all([caller.stop(), onlooker.stop()]);
  const { entries, heldCents, seededCents } = await countMade(db);
  await db.close();
  if (entries !== 2 || heldCents !== seededCents)
    throw new Error("the transfer was not made once");
  const [endedS, toldS] = times.map((time) => (time - begun) / 1_000);
  return { endedS: Number(endedS), toldS: Number(toldS) };
}

async function isOver({ promises }: Resonate, id: string): Promise<boolean> {
  const run = await promises.get(id).catch(() => undefined); // it is away
  return run !== undefined && run.state !== "pending";
}

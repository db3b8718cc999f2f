import { randomUUID } from "node:crypto";
import { Resonate } from "@resonatehq/sdk";
import { silence } from "../../snippets/crash/silence.ts";
import { openNetwork } from "../../snippets/many-machines/network.ts";
import { startProcess } from "../../snippets/support/start-process.ts";
import { openAccount } from "../../snippets/transfer/accounts.ts";
import { checkTransfer } from "../../snippets/transfer/check-transfer.ts";
import { openLedger } from "../../snippets/transfer/open-ledger.ts";

const WORKER = new URL("held-worker.ts", import.meta.url);

/**
 * Milliseconds from the SIGKILL of a worker that was about to make the credit
 * until another worker has made it, with that lease.
 */
export async function measureResumed(
  url: string,
  leaseMs: number,
  file: string,
): Promise<number> {
  const group = randomUUID();
  const pid = randomUUID();
  const client = new Resonate({
    network: openNetwork(url, `${group}-client`, pid, silence),
    pid,
    logger: silence,
  });
  const db = openLedger(file);
  await openAccount(db, "alice", 100);
  await openAccount(db, "bob", 0);
  const order = await checkTransfer(
    { id: group, source: "alice", target: "bob", amountCents: 1 },
    db,
  );
  const start = async (stops: string) => {
    const told = [url, group, String(leaseMs), file, stops];
    const { child } = await startProcess(WORKER, told);
    return child;
  };
  const says = (child: Awaited<ReturnType<typeof start>>, word: string) =>
    new Promise<void>((resolve) => {
      child.on("message", (said) => said === word && resolve());
    });
  const first = await start("stops");
  const held = says(first, "holds");
  const toWorkers = client.options({ target: group });
  await client.beginRpc(order.id, "transferMoney", order, toWorkers);
  await held;
  const second = await start("");
  const credited = says(second, "credited");
  // Its heartbeat may be due now, or half a lease from now.
  await new Promise((later) => setTimeout(later, Math.random() * leaseMs));
  const killed = performance.now();
  first.kill("SIGKILL");
  await credited;
  const ms = performance.now() - killed;
  second.disconnect();
  await client.stop();
  db.close();
  return ms;
}

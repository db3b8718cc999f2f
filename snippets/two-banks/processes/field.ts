import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { Resonate } from "@resonatehq/sdk";
import { startDevServer } from "../../support/dev-server.ts";
import { kill, startProcess } from "../../support/start-process.ts";
import { openAccount } from "../../transfer/accounts.ts";
import { openLedger } from "../../transfer/open-ledger.ts";
import type { BankOrder } from "../../transfer/two-banks/bank-order.ts";
import type { BankResult } from "../../transfer/two-banks/saga.ts";
import { FAR_MS } from "../../transfer/two-banks/settle.ts";
import { Link } from "../link.ts";
import { openBanks } from "../open-banks.ts";
import { startProxy } from "./proxy.ts";

const BANK = new URL("bank.ts", import.meta.url);
const WORKER = new URL("worker.ts", import.meta.url);
type Name = "east" | "west";

// #region field
/** A server, two banks behind proxies, three workers and a client. */
export async function openField(folder: string) {
  const file = (name: string) => join(folder, `${name}.db`);
  const stores = await openBanks((name) => openLedger(file(name)));
  for (let nth = 0; nth < 10; nth += 1) {
    await openAccount(stores.east, `alice-${nth}`, 200_00);
    await openAccount(stores.west, `bob-${nth}`, 0);
  }
  const server = await startDevServer();
  const client = new Resonate({ url: server.url, group: "client" });

  const links = { east: new Link(), west: new Link() };
  const banks = {} as Record<Name, ChildProcess>;
  const urls = { east: "", west: "" };
  const startBank = async (name: Name) => {
    const { child, word } = await startProcess(BANK, [file(name)]);
    banks[name] = child;
    urls[name] = word;
  };
  await Promise.all([startBank("east"), startBank("west")]);
  const east = await startProxy(links.east, () => urls.east);
  const west = await startProxy(links.west, () => urls.west);

  const args = [server.url, "soak", east.url, west.url, file("parked")];
  const startWorker = async () =>
    (await startProcess(WORKER, args)).child;
  const workers = await Promise.all(Array.from(Array(3), startWorker));

  return {
    stores,
    links,
    client,
    /** Kills a worker, and starts another in its place. */
    async killWorker(nth: number) {
      await kill(workers[nth] as ChildProcess);
      workers[nth] = await startWorker();
    },
    async killBank(name: Name) {
      await kill(banks[name]);
      await startBank(name);
    },
    transfer(order: BankOrder): Promise<BankResult> {
      const options = { target: "soak", timeout: FAR_MS };
      const name = "transferBetweenBanks";
      const far = client.options(options);
      return client.rpc(order.id, name, order, far);
    },
    async close() {
      for (const link of Object.values(links)) await link.arrive();
      await Promise.all(
        [...workers, ...Object.values(banks)].map(kill),
      );
      await client.stop();
      for (const { stop } of [east, west, server]) await stop();
    },
  };
}
export type Field = Awaited<ReturnType<typeof openField>>;
// #endregion field

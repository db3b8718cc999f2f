import { randomUUID } from "node:crypto";
import { Resonate } from "@resonatehq/sdk";
import pMap from "p-map";
import { silence } from "../crash/silence.ts";
import { checkServer } from "../support/check-server.ts";
import { program, progress } from "../support/program.ts";
import { checkMade, countOf, openGroup } from "./group.ts";
import { openNetwork } from "./network.ts";
import { untilAnswered } from "./until-answered.ts";

const USAGE = `\
usage: npx tsx snippets/many-machines/many.ts [--transfers <number>]
       [--id <text>]

Three workers make 1,000 transfers. One of them is killed with SIGKILL
when a quarter has ended, and another is added at half. RESONATE_URL
names a server if it is not to be ours, or DATABASE_URL a Postgres that
holds Resonate's tables; LEDGER_URL names a Postgres if the ledger is
not to be a file. A server with a memory takes an --id once.`;

const transfer = { source: "alice", target: "bob", amountCents: 1_00 };
type End = { status: string };
const options = {
  transfers: { type: "string", default: "1000" },
  id: { type: "string", default: "many" },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const count = countOf(values["transfers"]);
  const group = `${values["id"]}`;
  const { url, db, ledgerId, start, close } = await openGroup(
    group,
    count,
  );
  const pid = randomUUID();
  const network = openNetwork(url, `${group}-clients`, pid, silence);
  const client = new Resonate({ network, pid, logger: silence });
  await checkServer(client, url);

  // #region load
  const startWorker = async () => (await start("worker.ts")).child;
  const workers = await Promise.all(
    Array.from({ length: 3 }, startWorker),
  );
  let ended = 0;
  const happens: Record<number, () => unknown> = {
    [Math.floor(count / 4)]: () => workers[0]?.kill("SIGKILL"),
    [Math.floor(count / 2)]: async () =>
      workers.push(await startWorker()),
  };
  const toWorkers = client.options({ target: group });
  const begun = performance.now();
  const ends = await pMap(
    Array.from({ length: count }, (_, nth) => `${group}-${nth}`),
    async (id) => {
      const order = { id, ...transfer, ledgerId };
      const { status } = await untilAnswered(() =>
        client.rpc<End>(id, "transferMoney", order, toWorkers),
      );
      await happens[++ended]?.();
      progress(`${ended} of ${count} have ended`);
      return status;
    },
    { concurrency: 256 },
  );
  // #endregion load
  const seconds = (performance.now() - begun) / 1_000;
  progress(`it took ${seconds.toFixed(1)} s             `);
  if (process.stderr.isTTY) process.stderr.write("\n");
  process.send?.(seconds); // to who measures it

  console.log(`${count} transfers, 3 workers, one killed, one added`);
  await client.stop();
  for (const worker of workers)
    if (worker.connected) worker.disconnect();
  await checkMade(db, count, ends).finally(close);
});

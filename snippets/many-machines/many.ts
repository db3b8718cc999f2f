import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { Resonate } from "@resonatehq/sdk";
import pMap from "p-map";
import { silence } from "../crash/silence.ts";
import { checkServer } from "../support/check-server.ts";
import { startDevServer } from "../support/dev-server.ts";
import { formatCents } from "../support/format-cents.ts";
import { program, progress, serverUrl } from "../support/program.ts";
import { startProcess } from "../support/start-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { ledgerIdOf, openAccount } from "../transfer/accounts.ts";
import { countMade } from "./count-made.ts";
import { freshLedger } from "./fresh-ledger.ts";
import { openNetwork } from "./network.ts";
import { openShared } from "./open-shared.ts";
import { untilAnswered } from "./until-answered.ts";

const USAGE = `\
usage: npx tsx snippets/many-machines/many.ts [--transfers <number>]
       [--id <text>]

Three workers make 1,000 transfers. One of them is killed with SIGKILL
when a quarter has ended, and another is added at half. RESONATE_URL
names a server if it is not to be ours, or DATABASE_URL a Postgres that
holds Resonate's tables; LEDGER_URL names a Postgres if the ledger is
not to be a file. A server with a memory takes an --id once.`;

const WORKER = new URL("worker.ts", import.meta.url);
const transfer = { source: "alice", target: "bob", amountCents: 1_00 };
type End = { status: string };
const options = {
  transfers: { type: "string", default: "1000" },
  id: { type: "string", default: "many" },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const count = Number(values["transfers"]);
  const group = `${values["id"]}`;
  if (!Number.isInteger(count) || count < 4 || count > 100_000)
    throw new Error("--transfers takes a number from 4 on");
  const given = process.env["DATABASE_URL"] || serverUrl();
  const server = given ? undefined : await startDevServer();
  const url = given ?? server?.url ?? "";
  const pid = randomUUID();
  const network = openNetwork(url, `${group}-clients`, pid, silence);
  const client = new Resonate({ network, pid, logger: silence });
  await checkServer(client, url);

  const postgres = process.env["LEDGER_URL"];
  const fresh = postgres ? await freshLedger(postgres) : undefined;
  const place = fresh?.url ?? join(temporaryFolder("many"), "many.db");
  const db = await openShared(place);
  await openAccount(db, "alice", count * 1_00);
  await openAccount(db, "bob", 0);
  const ledgerId = await ledgerIdOf(db);

  // #region workers
  const told = {
    RESONATE_URL: url,
    LEDGER_URL: place,
    LEDGER_ID: ledgerId,
    GROUP: group,
    LEASE_MS: "2000",
  };
  const start = async () => {
    const { child } = await startProcess(WORKER, [], {
      env: { ...process.env, ...told },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    return child;
  };
  const workers = await Promise.all([start(), start(), start()]);
  // #endregion workers

  // #region load
  let ended = 0;
  const happens: Record<number, () => unknown> = {
    [Math.floor(count / 4)]: () => workers[0]?.kill("SIGKILL"),
    [Math.floor(count / 2)]: async () => workers.push(await start()),
  };
  const toWorkers = client.options({ target: group });
  const begun = performance.now();
  const results = await pMap(
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

  const committed = results.filter(
    (each) => each === "committed",
  ).length;
  const { made, entries, heldCents, seededCents } = await countMade(db);
  const [held, seeded] = [heldCents, seededCents].map(formatCents);
  console.log(`${count} transfers, 3 workers, one killed, one added`);
  console.log(
    `${committed} committed, ${made} made by ${entries} entries`,
  );
  console.log(`sum ${held} of ${seeded}`);
  for (const worker of workers)
    if (worker.connected) worker.disconnect();
  await client.stop();
  await db.close();
  await fresh?.close();
  await server?.stop();
  const once = [committed, made, entries / 2].every((n) => n === count);
  if (!once || heldCents !== seededCents)
    throw new Error("not every transfer was made once");
});

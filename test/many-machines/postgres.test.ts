import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname } from "node:path";
import { text } from "node:stream/consumers";
import { Resonate } from "@resonatehq/sdk";
import pg from "pg";
import { expect, onTestFinished, test, vi } from "vitest";
import { everyPoint } from "#snippets/crash/every-point.ts";
import { randomFaults } from "#snippets/crash/random-faults.ts";
import { silence } from "#snippets/crash/silence.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { scenario as ours } from "#snippets/crash-matrix/scenario.ts";
import { workOf } from "#snippets/crash-matrix/transfer-world.ts";
import { freshLedger } from "#snippets/many-machines/fresh-ledger.ts";
import { startWire } from "#snippets/many-machines/wire.ts";
import { openAccounts } from "#snippets/support/bank.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import {
  balances,
  entriesOf,
  ledgerIdOf,
} from "#snippets/transfer/accounts.ts";
import { transferAskingAgain } from "#snippets/transfer/ask-again.ts";
import { openPostgresLedger } from "#snippets/transfer/open-postgres.ts";
import { entries, order, startEngine } from "../support/bank.ts";
import { onPostgres } from "../support/captured.ts";
import { ledgerUrl } from "../support/ledgers.ts";
import { readersFolder, run } from "../support/run.ts";
import { startWorker } from "../support/start-worker.ts";

if (!ledgerUrl) throw new Error("npm run postgres runs these proofs");
const url = ledgerUrl;

/** A ledger of its own, which is gone when the test is. */
async function fresh() {
  const db = await freshLedger(url);
  onTestFinished(() => db.close());
  await openAccounts(db);
  return db;
}

/** A connection of its own, without our settings. */
async function connect(connectionString: string) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** Whether anybody of that name has a connection. */
async function isConnected(name: string): Promise<boolean> {
  const owner = await connect(url);
  const sql = "SELECT 1 FROM pg_stat_activity WHERE application_name = $1";
  return (await owner.query(sql, [name])).rowCount !== 0;
}

test("on Postgres, who may not come in hears so, in one error", async () => {
  const wrong = new URL(url);
  wrong.password = "wrong";
  await expect(openPostgresLedger(wrong.href)).rejects.toThrow(
    /^cannot open the ledger in Postgres: password authentication failed/,
  );
});

test("on Postgres, four that open a new ledger at once make one", async () => {
  const first = await fresh();
  const owner = await connect(first.url);
  await owner.query("DROP TABLE entries, closed, accounts, ledger CASCADE");
  const all = await Promise.all(
    Array.from({ length: 4 }, () => openPostgresLedger(first.url)),
  );
  onTestFinished(async () => {
    for (const db of all) await db.close();
  });
  const ids = await Promise.all(all.map(ledgerIdOf));
  expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(ids).size).toBe(1);
});

test("on Postgres, whoever does not ask for SERIALIZABLE is refused: a close, or an entry, would not be seen in time", async () => {
  const db = await fresh();
  const other = await connect(db.url);
  for (const sql of [
    "INSERT INTO closed VALUES ('bob')",
    "INSERT INTO entries VALUES ('x', 't1', 'alice', -1, 'debit')",
  ])
    await expect(other.query(sql), sql).rejects.toThrow(
      "ask for SERIALIZABLE to write to the ledger",
    );
  await other.query("SET default_transaction_isolation = serializable");
  await other.query("INSERT INTO closed VALUES ('bob')");
});

test("on Postgres, a statement that waits too long is ended there, and is not made when nobody waits for it any more", async () => {
  const db = await fresh();
  const other = await connect(db.url);
  await other.query("BEGIN; LOCK TABLE entries IN SHARE MODE");
  const waits = startEngine(db).applyEntry(entries.debit);
  await expect(waits).rejects.toThrow("due to statement timeout");
  await other.query("COMMIT");
  expect(await entriesOf(db, order.id)).toEqual([]);
});

test("on Postgres, a ledger to which nothing may be added is refused when it is opened", async () => {
  const db = await fresh();
  const address = new URL(db.url);
  const options = `${address.searchParams.get("options")} -c default_transaction_read_only=on`;
  address.searchParams.set("options", options);
  address.searchParams.set("application_name", "refused");
  await expect(openPostgresLedger(address.href)).rejects.toThrow(
    "cannot open the ledger in Postgres: no entry may be added to it",
  );
  await vi.waitUntil(async () => !(await isConnected("refused")), 20_000);
});

test("on Postgres, a connection that is ended while nobody uses it does not end the worker", async () => {
  const db = await fresh();
  const owner = await connect(url);
  const { pid } = (await db
    .prepare("SELECT pg_backend_pid() AS pid")
    .get()) as {
    pid: number;
  };
  await owner.query("SELECT pg_terminate_backend($1, 5000)", [pid]);
  expect(await balances(db)).toHaveLength(2);
});

test("on Postgres, a worker needs to read and to add, and may do nothing else, and not even the owner takes an entry away", async () => {
  const db = await fresh();
  const owner = await connect(db.url);
  const role = `worker_${process.pid}`;
  await owner.query(`CREATE ROLE ${role} LOGIN PASSWORD 'secret'`);
  onTestFinished(async () => {
    await owner.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  });
  const { rows } = await owner.query("SELECT current_schema() AS name");
  await owner.query(
    `GRANT USAGE ON SCHEMA ${rows[0].name} TO ${role};
       GRANT SELECT ON ledger, accounts, closed, entries TO ${role};
       GRANT INSERT ON entries TO ${role}`,
  );
  const address = new URL(db.url);
  address.username = role;
  address.password = "secret";
  const worker = await openPostgresLedger(address.href);
  onTestFinished(() => worker.close());
  const made = await startEngine(worker).transfers.run(order.id, order);
  expect(made).toMatchObject({ status: "committed" });
  for (const sql of ["TRUNCATE entries", "DELETE FROM entries"])
    await expect(owner.query(sql), sql).rejects.toThrow(
      "the ledger only grows",
    );
  const mayNot = worker.prepare("DELETE FROM entries").run();
  await expect(mayNot).rejects.toThrow("permission denied");
  expect(await entriesOf(db, order.id)).toHaveLength(2);
});

test("a Postgres that is told to end, by Ctrl-C, too, leaves no process and no file", async () => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    await startsAndEnds(signal);
});

async function startsAndEnds(signal: NodeJS.Signals) {
  const program = spawn(
    process.execPath,
    ["--import", "tsx", "test/postgres/postgres.ts", "--stay"],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ended = once(program, "exit");
  const [said] = await once(program.stdout.setEncoding("utf8"), "data");
  const [, connectionString] = said.match(/LEDGER_URL=(.*)/);
  const client = new pg.Client({ connectionString });
  client.on("error", () => {}); // it is ended before we are
  await client.connect();
  const { rows } = await client.query("SHOW data_directory");
  const folder = dirname(rows[0].data_directory);
  expect(existsSync(folder)).toBe(true);
  program.kill(signal);
  expect(await ended).toEqual([0, null]);
  expect(existsSync(folder)).toBe(false);
  await expect(openPostgresLedger(connectionString)).rejects.toThrow(
    "ECONNREFUSED",
  );
}

test("on Postgres, a worker is not well while it does not reach its ledger, and well again after", async () => {
  const db = await fresh();
  const server = await startDevServer();
  onTestFinished(() => server.stop());
  const wire = await startWire(db.url);
  onTestFinished(() => wire.close());
  const { health } = await startWorker({
    RESONATE_URL: server.url,
    LEDGER_URL: wire.url,
    LEDGER_ID: await ledgerIdOf(db),
  });
  const ask = async () => (await fetch(health)).status;
  expect(await ask()).toBe(200);
  wire.cut();
  expect(await ask()).toBe(503);
  expect(await ask()).toBe(200);
});

test("on Postgres, a worker that leaves has closed its ledger before it gives anything back", async () => {
  const db = await fresh();
  const server = await startDevServer();
  onTestFinished(() => server.stop());
  const address = new URL(db.url);
  address.searchParams.set("application_name", "leaving");
  const released: boolean[] = [];
  // Between the worker and its server, to see when it gives back.
  const between = createServer(async (request, response) => {
    const body = await text(request);
    if (body.includes("task.release"))
      released.push(await isConnected("leaving"));
    const { method, headers } = request;
    const onward = ask(`${server.url}${request.url}`, { method, headers });
    onward.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy()).end(body);
  });
  onTestFinished(() => void between.close());
  await once(between.listen(0, "127.0.0.1"), "listening");
  const { worker, says } = await startWorker({
    RESONATE_URL: `http://127.0.0.1:${(between.address() as AddressInfo).port}`,
    LEDGER_URL: address.href,
    LEDGER_ID: await ledgerIdOf(db),
    STOP_MS: "200",
  });
  expect(await isConnected("leaving")).toBe(true);
  const client = new Resonate({ url: server.url, logger: silence });
  onTestFinished(() => client.stop());
  // It cannot end this, since its ledger is another one.
  const toWorkers = client.options({ target: "transfers" });
  const lost = { ...order, ledgerId: "another" };
  client.rpc(order.id, "transferMoney", lost, toWorkers).catch(() => {});
  await vi.waitUntil(
    () => client.promises.get(`${order.id}:0`).catch(() => false),
    20_000,
  );
  worker.kill("SIGTERM");
  expect(await says("left")).toMatchObject({ given: 1 });
  expect(released).toEqual([false]);
});

test("on Postgres, workers left at every point, at every pair of points, and in random schedules, end every transfer right", {
  timeout: 600_000,
}, async () => {
  const scenario = { ...ours, work: workOf(transferAskingAgain) };
  const place = {
    openDatabase: () => freshLedger(url),
    next: () => startInProcess(scenario),
  };
  const { points, pairs, violations } = await everyPoint(
    scenario,
    place,
    place,
    () => {},
  );
  const open = place.openDatabase;
  const random = await randomFaults(scenario, 1, open, () => {}, 480);
  expect([...violations, ...random.violations]).toEqual([]);
  const figures = { points, pairs, schedules: random.schedules };
  await expect(`${JSON.stringify(figures, null, 2)}\n`).toMatchFileSnapshot(
    "../outputs/on-postgres.json",
  );
});

test.for(Object.entries(onPostgres))(
  "on Postgres, what a page shows as printed is what the program prints: %s",
  async ([name, command]) => {
    const args = command.replace("npx tsx ", "").split(" ");
    const env = { LEDGER_URL: url };
    const { exitCode, stdout, stderr } = await run(args, {
      cwd: readersFolder(),
      env,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    await expect(`$ ${command}\n${stdout}`).toMatchFileSnapshot(
      `../outputs/${name}.txt`,
    );
  },
);

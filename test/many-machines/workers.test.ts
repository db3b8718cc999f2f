import type { ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Resonate, ResonateTimeoutException } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { watch } from "#snippets/crash/watch.ts";
import { holding } from "#snippets/many-machines/holding.ts";
import { openNetwork } from "#snippets/many-machines/network.ts";
import { untilAnswered } from "#snippets/many-machines/until-answered.ts";
import { alicePaysBob, openAccounts } from "#snippets/support/bank.ts";
import { checkServer } from "#snippets/support/check-server.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { audit, entriesOf, ledgerIdOf } from "#snippets/transfer/accounts.ts";
import { transferAskingAgain } from "#snippets/transfer/ask-again.ts";
import { checkTransfer } from "#snippets/transfer/check-transfer.ts";
import type { LedgerDb } from "#snippets/transfer/ledger.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { openBank } from "../support/bank.ts";
import { many } from "../support/captured.ts";
import { run } from "../support/run.ts";
import { startWorker } from "../support/start-worker.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const program = "snippets/many-machines/worker.ts";
const programs = [program, "snippets/many-machines/front.ts"];
const LONG = 600_000; // a lease that no proof waits for, in milliseconds

/** A dev server, a ledger in a file, and a client that orders transfers. */
async function place() {
  const server = await startDevServer();
  onTestFinished(() => server.stop());
  const file = join(temporaryFolder(), "shared.db");
  const db = openLedger(file);
  onTestFinished(() => void db.close());
  await openAccounts(db);
  const client = new Resonate({
    url: server.url,
    group: "clients",
    logger: silence,
  });
  onTestFinished(() => client.stop());
  const told = {
    RESONATE_URL: server.url,
    LEDGER_URL: file,
    LEDGER_ID: await ledgerIdOf(db),
    LEASE_MS: `${LONG}`,
  };
  const order = async (id: string) =>
    client.rpc<{ status: string }>(
      id,
      "transferMoney",
      await checkTransfer({ ...alicePaysBob(id), amountCents: 1_00 }, db),
      client.options({ target: "transfers" }),
    );
  return { db, client, told, order };
}

/** How a process ends that is told to. */
async function terminate(worker: ChildProcess) {
  const ended = once(worker, "exit");
  worker.kill("SIGTERM");
  return ended;
}

test("three workers make two hundred transfers, one of them killed and one added, and each is made once", {
  timeout: 60_000,
}, async () => {
  const args = ["snippets/many-machines/many.ts", "--transfers", "200"];
  const { stdout, ...rest } = await run(args, { timeout: 50_000 });
  expect(rest).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toContain("200 committed, 200 made by 400 entries");
  const command = `$ npx tsx ${args.join(" ")}`;
  await expect(`${command}\n${stdout}`).toMatchFileSnapshot(
    `../outputs/${many}.txt`,
  );
});

test("a worker that is told to stop ends what it holds, and loses nothing of it to its lease", {
  timeout: 60_000,
}, async () => {
  const { db, told, order } = await place();
  const first = await startWorker({ ...told, STOP_MS: "50000" });
  const ids = Array.from({ length: 40 }, (_, nth) => `t${nth}`);
  const ends = Promise.all(ids.map(order));
  await vi.waitUntil(
    async () => (await entriesOf(db, "t0")).length > 0,
    20_000,
  );
  expect(await terminate(first.worker)).toEqual([0, null]);
  expect(await first.says("left")).toMatchObject({ given: 0 });
  await startWorker(told); // what was never taken is there for another
  for (const { status } of await ends) expect(status).toBe("committed");
  expect(await audit(db)).toEqual({ seededCents: 200_00, heldCents: 200_00 });
});

test("what a worker cannot end in time it gives back, and another goes on at once", async () => {
  const server = await startDevServer();
  onTestFinished(() => server.stop());
  const { db, kinds } = await openBank();
  const work = (ledger: LedgerDb) => {
    const pid = randomUUID();
    const way = holding(openNetwork(server.url, "transfers", pid));
    const { network } = way;
    const worker = new Resonate({ network, pid, ttl: LONG, logger: silence });
    onTestFinished(() => worker.stop());
    worker.setDependency("db", ledger);
    worker.register("transferMoney", transferAskingAgain);
    return way;
  };
  const reached = Promise.withResolvers<void>();
  const slow = watch(db, (proceed, values) => {
    if (!values.includes("credit")) return proceed();
    reached.resolve();
    return new Promise(() => {}); // it takes longer than anybody waits
  });
  const first = work(slow);
  const client = new Resonate({ url: server.url, group: "clients" });
  onTestFinished(() => client.stop());
  const order = await checkTransfer(alicePaysBob("t1"), db);
  const toWorkers = client.options({ target: "transfers" });
  const end = client.rpc("t1", "transferMoney", order, toWorkers);
  await reached.promise;
  work(db);
  await first.finish(50);
  expect(await first.giveBack()).toBe(1);
  expect(await end).toMatchObject({ status: "committed" });
  expect(await kinds()).toEqual(["debit", "credit"]);
});

test("a worker without its ledger, or with another one's, says so at its start, and takes no transfer", async () => {
  const { told, db, client, order } = await place();
  order("t1").catch(() => {}); // nobody makes it
  await vi.waitUntil(
    () => client.promises.get("t1").catch(() => false),
    20_000,
  );
  const other = join(temporaryFolder(), "other.db");
  openLedger(other).close();
  const found = await ledgerIdOf(openLedger(other));
  for (const [LEDGER_URL, says] of [
    [
      other,
      `this worker is for ledger ${told.LEDGER_ID}, and LEDGER_URL has ${found}: one of them is wrong`,
    ],
    [
      "no/such.db",
      "cannot open no/such.db: Cannot open database because the directory does not exist",
    ],
    [
      "postgres://owner@127.0.0.1:9/none",
      "cannot open the ledger in Postgres: connect ECONNREFUSED 127.0.0.1:9",
    ],
  ] as const)
    for (const program of programs)
      expect(await run([program], { env: { ...told, LEDGER_URL } })).toEqual({
        exitCode: 1,
        stdout: "",
        stderr: `${says}\n`,
      });
  expect(await entriesOf(db, "t1")).toEqual([]);
  expect((await client.promises.get("t1")).state).toBe("pending");
});

test("a worker names each variable of its environment that is missing or wrong", async () => {
  const env = { RESONATE_URL: "x", LEDGER_URL: "", LEASE_MS: "1e3" };
  const { exitCode, stdout, stderr } = await run([program], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
  expect(stderr.trimEnd().split("; ")).toEqual([
    "RESONATE_URL takes the address of a Resonate server, http://…",
    "LEDGER_URL takes the address of a Postgres, or a file that ends in .db",
    "LEDGER_ID takes the id of the ledger: see its table",
    "LEASE_MS takes a whole number",
  ]);
});

test("a worker says that it is well while it reaches its ledger, and not while it leaves", async () => {
  const { told, client } = await place();
  const { worker, health, says } = await startWorker({
    ...told,
    RESONATE_URL: `${told.RESONATE_URL}/`, // as people write it, too
    STOP_MS: "1000",
  });
  const ask = async () => {
    const answer = await fetch(health);
    return `${answer.status} ${await answer.text()}`;
  };
  expect(await ask()).toBe("200 well");
  const figures = await (await fetch(`${health}/metrics`)).text();
  expect(figures).toContain("transfers_begun_total 0");
  // It cannot end this, since its ledger is another one.
  const order = { ...alicePaysBob("t1"), ledgerId: "another" };
  const toWorkers = client.options({ target: "transfers" });
  client.rpc("t1", "transferMoney", order, toWorkers).catch(() => {});
  await vi.waitUntil(
    () => client.promises.get("t1:0").catch(() => false),
    20_000,
  );
  const ended = terminate(worker);
  await says("leaving");
  expect(await ask()).toBe("503 not well");
  expect(await ended).toEqual([0, null]);
  expect(await says("left")).toMatchObject({ given: 1 });
});

test("a server that is not there, or refuses the ids of this SDK's steps, is one clear line, and the worker ends", async () => {
  // It refuses the ids of steps, and knows nothing of what else it is asked.
  const server = createServer(async (request, response) => {
    const asked = await text(request);
    const isStep = /"id":"[^"]*:\d+"/.test(asked);
    response.writeHead(isStep ? 400 : 404).end("Promise ID must be prefixed");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const { told } = await place();
  for (const [RESONATE_URL, says] of [
    [
      `http://127.0.0.1:${port}`,
      `the server at http://127.0.0.1:${port} refuses the ids of this SDK: take another version of the server, or of the SDK`,
    ],
    [
      "http://127.0.0.1:9",
      "nothing answers at http://127.0.0.1:9: start the server",
    ],
  ] as const) {
    for (const program of programs) {
      const { exitCode, stderr } = await run([program], {
        env: { ...told, RESONATE_URL, FRONT_PORT: "0" },
      });
      expect(exitCode).toBe(1);
      expect(stderr.trimEnd().split("\n").at(-1)).toBe(says);
    }
  }
  const fine = await startDevServer();
  onTestFinished(() => fine.stop());
  const client = new Resonate({ url: fine.url, logger: silence });
  onTestFinished(() => client.stop());
  await checkServer(client, fine.url);
});

test("whoever asks for a transfer while the server is away asks for the same id again, and is answered when it is back", {
  timeout: 120_000, // it may be told with the next look of the SDK, after 60 s
}, async () => {
  const { db } = await openBank();
  const before = await startDevServer();
  const port = Number(new URL(before.url).port);
  await before.stop();
  const at = { url: before.url, logger: silence };
  const client = new Resonate({ ...at, group: "clients" });
  onTestFinished(() => client.stop());
  const order = await checkTransfer(alicePaysBob("t1"), db);
  const toWorkers = client.options({ target: "transfers" });
  const ask = vi.fn(() => client.rpc("t1", "transferMoney", order, toWorkers));
  const end = untilAnswered(ask);
  await vi.waitUntil(() => ask.mock.calls.length > 2, 10_000);
  const server = await startDevServer(port);
  onTestFinished(() => server.stop());
  const worker = new Resonate({ ...at, group: "transfers" });
  onTestFinished(() => worker.stop());
  worker.setDependency("db", db);
  worker.register("transferMoney", transferAskingAgain);
  expect(await end).toMatchObject({ status: "committed" });

  const wrong = { ...order, id: "t2", amountCents: 0 };
  const refused = vi.fn(() =>
    client.rpc("t2", "transferMoney", wrong, toWorkers),
  );
  await expect(untilAnswered(refused)).rejects.toMatchObject({
    name: "InvalidTransfer",
  });
  expect(refused).toHaveBeenCalledTimes(1);
  // A server that is there, and says no.
  const no = vi
    .fn()
    .mockRejectedValue(new ResonateTimeoutException("HTTP 401"));
  await expect(untilAnswered(no)).rejects.toThrow("HTTP 401");
  expect(no).toHaveBeenCalledTimes(1);
});

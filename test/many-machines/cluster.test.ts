import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { type Context, Resonate } from "@resonatehq/sdk";
import pg from "pg";
import { Registry } from "prom-client";
import { expect, onTestFinished, test } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { counted } from "#snippets/many-machines/counted.ts";
import { openNetwork } from "#snippets/many-machines/network.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { ledgerUrl } from "../support/ledgers.ts";
import { run } from "../support/run.ts";

test("a front and three workers, one of the four killed each second, make each transfer once", {
  timeout: 150_000, // a machine that is busy starts each again more slowly
}, async () => {
  const args = ["snippets/many-machines/cluster.ts", "--kill"];
  const { stdout, ...rest } = await run(args, { timeout: 140_000 });
  expect(rest).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/^300 transfers, .* [1-9]\d* killed$/m);
  expect(stdout).toContain("300 committed, 300 made by 600 entries");
});

/** A database of its own in that Postgres, and which ledgers are in it. */
async function ownDatabase(connectionString: string) {
  const owner = new pg.Client({ connectionString });
  await owner.connect();
  const name = `cluster_${process.pid}`;
  await owner.query(`CREATE DATABASE ${name}`);
  await owner.end();
  const url = new URL(connectionString);
  url.pathname = name;
  const ledgers = async () => {
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    const sql = "SELECT FROM pg_namespace WHERE nspname LIKE 'ledger%'";
    const { rowCount } = await client.query(sql);
    await client.end();
    return rowCount;
  };
  return { url: url.href, ledgers };
}

test("Ctrl-C ends a cluster, its workers and its front", async () => {
  const own = ledgerUrl ? await ownDatabase(ledgerUrl) : undefined;
  const args = ["--import", "tsx", "snippets/many-machines/cluster.ts"];
  const cluster = spawn(process.execPath, [...args, "--transfers", "100000"], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: { ...process.env, LEDGER_URL: own?.url },
  });
  const begun = once(cluster, "message");
  const closed = once(cluster, "close"); // no process has its output any more
  await begun;
  cluster.kill("SIGINT");
  expect(await closed).toEqual([130, null]);
  expect((await own?.ledgers()) ?? 0).toBe(0);
});

test("a worker counts the transfers that are begun, parked, resumed and ended, and how long each took", async () => {
  const server = await startDevServer();
  onTestFinished(() => server.stop());
  const figures = new Registry();
  const pid = randomUUID();
  const network = counted(openNetwork(server.url, "slow", pid), figures);
  const worker = new Resonate({ network, pid, logger: silence });
  onTestFinished(() => worker.stop());
  worker.register("pause", function* (ctx: Context, text: string) {
    yield* ctx.sleep(1_000); // long enough for a slow start
    if (text === "no") throw new Error(text);
  });
  const toIt = worker.options({ target: "slow" });
  await worker.rpc("yes", "pause", "yes", toIt);
  await worker.rpc("no", "pause", "no", toIt).catch(() => {});
  const said = await figures.metrics();
  const lines = said
    .split("\n")
    .filter((line) => /_(total|count)\b/.test(line));
  expect(lines.filter((line) => !line.startsWith("#"))).toEqual([
    "transfers_begun_total 2",
    "transfers_resumed_total 2",
    "transfers_parked_total 2",
    'transfer_seconds_count{end="resolved"} 1',
    'transfer_seconds_count{end="rejected"} 1',
  ]);
  const [, seconds] = /_sum.*"resolved".* (.*)/.exec(said) ?? [];
  expect(Number(seconds)).toBeGreaterThanOrEqual(1);
});

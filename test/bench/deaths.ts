import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { startDevServer } from "../../snippets/support/dev-server.ts";
import { program, progress } from "../../snippets/support/program.ts";
import { kill } from "../../snippets/support/start-process.ts";
import { temporaryFolder } from "../../snippets/support/temporary-folder.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { die, LEASE_MS } from "./die.ts";
import { median } from "./in-turns.ts";
import { measureMany } from "./measure-many.ts";
import { startResonate } from "./start-resonate.ts";
import { writeReport } from "./write-report.ts";

const USAGE = `\
usage: npm run deaths -- --server <program> --version <text>

Has a worker, a server and a database die in the middle of a transfer, each some
times, and measures how long it takes until the transfer has ended, and until
its caller knows. It takes some three minutes, needs the programs of Postgres,
and writes what it finds to test/outputs/deaths.json, which pages read.

  --server <program>  the program of a Resonate server
  --version <text>    what it is`;

const TIMES = 3;

const options = {
  server: { type: "string" },
  version: { type: "string" },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const { server: path, version } = values as Record<string, string>;
  if (!path || !version)
    throw new Error("--server and --version name a Resonate server");
  const folder = temporaryFolder("deaths");
  let files = 0;
  const file = () => join(folder, `${files++}.db`);

  /** A server of its own for each, since it dies. */
  const onServer = async (
    retryMs: number,
    death: (
      server: Awaited<ReturnType<typeof startResonate>>,
      ...scene: Parameters<Parameters<typeof die>[2]>
    ) => Promise<unknown>,
    storage = ["--storage-sqlite-path", file()],
  ) => {
    const server = await startResonate(path, storage, retryMs);
    const found = await die(server.url, file(), (...scene) =>
      death(server, ...scene),
    );
    await server.stop();
    return found;
  };
  const serverFor = (awayMs: number, retryMs: number) => () =>
    onServer(retryMs, async (server, { first }) => {
      const back = server.restart(awayMs);
      first.send("go on");
      await back;
    });
  const bothFor = (retryMs: number) => () =>
    onServer(retryMs, async (server, { first, startWorker }) => {
      await Promise.all([server.restart(1_000), kill(first)]);
      await startWorker();
    });

  const deaths: Record<string, () => ReturnType<typeof die>> = {
    "a worker": async () => {
      const server = await startDevServer();
      const found = await die(
        server.url,
        file(),
        async ({ first, startWorker }) => {
          await startWorker();
          await kill(first);
        },
      );
      await server.stop();
      return found;
    },
    "the server, for a second": serverFor(1_000, 30_000),
    "the server, for four seconds": serverFor(4_000, 30_000),
    "the server, for four seconds, with --tasks-retry-timeout 2000": serverFor(
      4_000,
      2_000,
    ),
    "the server and the worker": bothFor(30_000),
    "the server and the worker, with --tasks-retry-timeout 2000":
      bothFor(2_000),
    "Postgres under the server": async () => {
      const postgres = await startPostgres();
      const storage = ["--storage-type", "postgres"];
      const found = await onServer(
        30_000,
        async (_, { first }) => {
          const back = postgres.restart(1_000);
          first.send("go on");
          await back;
        },
        [...storage, "--storage-postgres-url", postgres.url],
      );
      await postgres.stop();
      return found;
    },
    "Postgres with the ledger": async () => {
      const postgres = await startPostgres();
      const server = await startDevServer();
      const found = await die(server.url, postgres.url, async ({ first }) => {
        const back = postgres.restart(1_000);
        first.send("go on");
        await back;
      });
      await server.stop();
      await postgres.stop();
      return found;
    },
  };

  const found: Record<string, Record<"endedS" | "toldS", number>> = {};
  for (const [what, death] of Object.entries(deaths)) {
    progress(`${what}…`.padEnd(70));
    const times = await Promise.all(Array.from({ length: TIMES }, death));
    const middle = (key: "endedS" | "toldS") =>
      Number(median(times.map((each) => each[key])).toPrecision(2));
    found[what] = { endedS: middle("endedS"), toldS: middle("toldS") };
  }

  progress("the server, in the middle of 300 transfers…".padEnd(70));
  const many = { transfers: 300, awayS: 4, seconds: [] as number[] };
  while (many.seconds.length < TIMES) {
    const storage = ["--storage-sqlite-path", file()];
    const server = await startResonate(path, storage, 2_000);
    const measured = measureMany(server.url, many.transfers);
    await setTimeout(2_000); // by then some have ended, and most have not
    await server.restart(many.awayS * 1_000);
    many.seconds.push(Number((await measured).toPrecision(2)));
    await server.stop();
  }
  console.table(found);
  writeReport("deaths", {
    server: version,
    times: TIMES,
    leaseMs: LEASE_MS,
    found,
    many,
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { countMade } from "../../snippets/many-machines/count-made.ts";
import { program, progress } from "../../snippets/support/program.ts";
import { temporaryFolder } from "../../snippets/support/temporary-folder.ts";
import {
  type Engine,
  IN_FLIGHT,
  measureEngines,
  openEngine,
} from "../bench/engines.ts";
import { startResonate } from "../bench/start-resonate.ts";
import { writeReport } from "../bench/write-report.ts";
import { startPostgres } from "../postgres/start-postgres.ts";
import { openDbos } from "./dbos.ts";
import { dependencies } from "./package.json" with { type: "json" };
import { openRestate } from "./restate.ts";

const USAGE = `\
usage: npm run bench:peers [-- --server <program>] [--schema <file>]

Has other engines for durable execution make the same transfers, each in a
ledger of its own, beside ours, and writes what each takes to
test/outputs/peers.json. It needs the programs of Postgres, which waits for its
disk here. Restate's server asks the network for its newest version.

  --server <program>  the program of a Resonate server, on SQLite
  --schema <file>     Resonate's tables for Postgres, without a server`;

const options = {
  server: { type: "string" },
  schema: { type: "string" },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const { server: path, schema } = values as Record<string, string>;
  const folder = temporaryFolder("peers");
  let files = 0;
  const file = () => join(folder, `${files++}.db`);
  const postgres = await startPostgres({ isDurable: true });
  const database = async (name: string) => {
    const owner = new pg.Client({ connectionString: postgres.url });
    await owner.connect();
    await owner.query(`CREATE DATABASE ${name}`);
    await owner.end();
    const address = new URL(postgres.url);
    address.pathname = name;
    return address.href;
  };
  const engines: Record<string, Engine> = {};
  const server = path
    ? await startResonate(path, ["--storage-sqlite-path", file()], 2_000)
    : undefined;
  try {
    progress("starting them…");
    engines[`DBOS ${dependencies["@dbos-inc/dbos-sdk"]}, on Postgres`] =
      await openDbos(await database("dbos"), file());
    engines[
      `Restate ${dependencies["@restatedev/restate-server"]}, its own disk`
    ] = await openRestate(join(folder, "restate"), file());
    if (schema) {
      const url = await database("resonate");
      const owner = new pg.Client({ connectionString: url });
      await owner.connect();
      await owner.query(readFileSync(schema, "utf8"));
      await owner.end();
      engines["Resonate, on Postgres"] = await openEngine(url, file());
    }
    if (server)
      engines["Resonate, a server on SQLite"] = await openEngine(
        server.url,
        file(),
      );
    progress("measuring…    ");
    const found = await measureEngines(engines, 200);
    for (const [name, { db, made }] of Object.entries(engines)) {
      const { entries, heldCents, seededCents } = await countMade(db);
      if (entries !== 2 * made() || heldCents !== seededCents)
        throw new Error(`${name} did not make each transfer once`);
    }
    console.table(found);
    writeReport("peers", { inFlight: IN_FLIGHT, found });
  } finally {
    for (const engine of Object.values(engines)) await engine.close();
    await server?.stop();
    await postgres.stop();
  }
});

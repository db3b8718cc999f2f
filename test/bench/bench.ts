import { join } from "node:path";
import { program, progress } from "../../snippets/support/program.ts";
import { startProcess } from "../../snippets/support/start-process.ts";
import { temporaryFolder } from "../../snippets/support/temporary-folder.ts";
import {
  type Engine,
  IN_FLIGHT,
  measureEngines,
  measureGrowth,
  openEngine,
} from "./engines.ts";
import { measureFloor } from "./floor.ts";
import { measureMany } from "./measure-many.ts";
import { measurePostgres } from "./postgres.ts";
import { measureResumed } from "./resumed.ts";
import { writeReport } from "./write-report.ts";

const USAGE = `\
usage: npm run bench [-- --engine <name>=<address> …]

Measures what durability costs here, and writes what it finds to
test/outputs/bench.json, which pages read. It takes some ten minutes, during
which nothing else should run. The engine in process and the dev server are
always measured, and the ledger in a Postgres where LEDGER_URL names one.

  --engine <name>=<address>  another engine, at a server's http://… or at a
                             postgres://… that holds Resonate's tables`;

const ROUNDS = 400;
const GROWTH_MS = 120_000; // what each engine may take to grow
const SIZES = [100, 1_000, 10_000, 50_000];
const LEASES = [1_000, 2_000, 5_000, 10_000];
const TIMES = 5;
const TRANSFERS = 1_000;

const options = {
  engine: { type: "string", multiple: true },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const named = ((values["engine"] ?? []) as string[]).map((text) => {
    const [, name, url] = /^(.+?)=(\w+:\/\/.+)$/.exec(text) ?? [];
    if (!name || !url) throw new Error("--engine takes <name>=<address>");
    return { name, url };
  });
  const folder = temporaryFolder("bench");
  let files = 0;
  const file = () => join(folder, `${files++}.db`);

  const server = new URL("dev-server.ts", import.meta.url);
  const { child, word: url } = await startProcess(server, []);
  const places: { name: string; url?: string }[] = [
    { name: "in process" },
    { name: "dev server", url },
    ...named,
  ];

  progress("what the ledger adds…");
  const floor = {
    memory: await measureFloor(() => ":memory:", ROUNDS),
    file: await measureFloor(file, ROUNDS),
  };
  const ledgerUrl = process.env["LEDGER_URL"];
  const postgres = ledgerUrl
    ? await measurePostgres(ledgerUrl, ROUNDS)
    : undefined;

  progress("what each engine adds…");
  const opened: Record<string, Engine> = {};
  for (const { name, url } of places)
    opened[name] = await openEngine(url, file());
  const engines = await measureEngines(opened, ROUNDS / 2);
  for (const engine of Object.values(opened)) await engine.close();

  progress("how soon another worker goes on…");
  const resumed: { leaseMs: number; ms: number[] }[] = [];
  for (const leaseMs of LEASES) {
    const times = Array.from({ length: TIMES }, () =>
      measureResumed(url, leaseMs, file()),
    );
    resumed.push({ leaseMs, ms: await Promise.all(times) });
  }

  const many: Record<string, number[]> = {};
  for (const { name, url } of places.slice(1)) {
    const seconds: number[] = [];
    for (let time = 0; time < TIMES; time += 1) {
      progress(
        `${TRANSFERS} transfers on ${name}, ${time + 1} of ${TIMES}…   `,
      );
      seconds.push(await measureMany(`${url}`, TRANSFERS));
    }
    many[name] = seconds;
  }
  const growth: Record<string, Awaited<ReturnType<typeof measureGrowth>>> = {};
  for (const { name, url } of places) {
    const engine = await openEngine(url, file());
    growth[name] = await measureGrowth(engine, SIZES, GROWTH_MS, (size) =>
      progress(`${name}: ${size} transfers made…   `),
    );
    await engine.close();
  }

  child.disconnect();

  const report = {
    inFlight: IN_FLIGHT,
    transfers: TRANSFERS,
    times: TIMES,
    floor: { ...floor, ...(postgres && { postgres }) },
    engines,
    growthSeconds: GROWTH_MS / 1_000,
    growth,
    resumed,
    many,
  };
  console.table(report.floor);
  for (const [place, ms] of Object.entries(floor)) {
    const ledger = ((ms.leaves / ms.bare - 1) * 100).toFixed(0);
    const transfer = ((ms.transfer / ms.emptyAndBare - 1) * 100).toFixed(0);
    console.log(
      `${place}: the ledger's code adds ${ledger} % to its statements, a transfer ${transfer} % to a run without`,
    );
  }
  console.table(engines);
  if (!named.length) console.log("no other engine was run: --engine names one");
  writeReport("bench", report);
});

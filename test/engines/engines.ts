import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dependencies } from "../../package.json" with { type: "json" };
import { program } from "../../snippets/support/program.ts";
import { temporaryFolder } from "../../snippets/support/temporary-folder.ts";
import { addressOf, places, projectOf } from "./places.ts";

const USAGE = `\
usage: npm run engines [-- --require all] [--server <version>]
       [--postgres <version>]

Runs the proofs of the sagas wherever an engine can keep its records here, and
says how many held: on the dev server; on the Resonate server that RESONATE_URL
names; on the Postgres of DATABASE_URL, which holds Resonate's schema.

  --require all         fails if one of them did not run
  --server <version>    what RESONATE_URL is, and
  --postgres <version>  what DATABASE_URL is: with both of these, what was found
                        is written to test/outputs/engines.json`;

/** The proofs of one engine, by Vitest's own report. */
async function prove(project: string) {
  const file = join(temporaryFolder("engines"), "report.json");
  const child = spawn(
    process.execPath,
    [
      ...["node_modules/vitest/vitest.mjs", "run", "--project", project],
      ...["--reporter", "default", "--reporter", "json"],
      `--outputFile.json=${file}`,
    ],
    { stdio: ["ignore", "inherit", "inherit"] },
  );
  const [code] = await once(child, "exit");
  const { numPassedTests, numPendingTests, numFailedTests } = JSON.parse(
    readFileSync(file, "utf8"),
  );
  return {
    proven: numPassedTests as number,
    skipped: numPendingTests as number,
    fell: code === 0 ? 0 : Math.max(1, numFailedTests),
  };
}

const options = {
  require: { type: "string" },
  server: { type: "string" },
  postgres: { type: "string" },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const { require, server, postgres } = values;
  if (require !== undefined && require !== "all")
    throw new Error("--require takes all");
  const found: Record<string, Awaited<ReturnType<typeof prove>>> = {};
  for (const place of places)
    if (addressOf(place)) found[place.name] = await prove(projectOf(place));
  for (const { name, variable } of places) {
    const each = found[name];
    console.log(
      each
        ? `${name}: ${each.proven} proofs held, ${each.fell} fell, ${each.skipped} need what it has not`
        : `${name}: not run; ${variable} names one`,
    );
  }
  if (Object.values(found).some(({ fell }) => fell))
    throw new Error("not all is proven: see above");
  const all = places.every(({ name }) => found[name]);
  if (require && !all) throw new Error("not every engine ran");
  if (!all || !server || !postgres) return;
  const versions = {
    "dev server": `@resonatehq/sdk ${dependencies["@resonatehq/sdk"]}`,
    "Resonate server": `${server}`,
    "Postgres alone": `${postgres}`,
  };
  const date = new Date().toISOString().slice(0, 10);
  const report = { date, versions, found };
  writeFileSync(
    "test/outputs/engines.json",
    `${JSON.stringify(report, null, 2)}\n`,
  );
});

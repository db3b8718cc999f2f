import { spawn } from "node:child_process";
import { once } from "node:events";
import { program } from "../../snippets/support/program.ts";
import { startPostgres } from "./start-postgres.ts";

const USAGE = `\
usage: npm run postgres [-- --stay]

Starts a Postgres of its own, runs the proofs of shared ledgers on it, the crash
matrix among them, and removes it. It takes about a minute, and needs Postgres'
programs: Debian's package postgresql.

  --stay     print an address for LEDGER_URL instead, and stay until Ctrl-C
  --update   capture anew what the pages show`;

const proofs = [
  ...["node_modules/vitest/vitest.mjs", "run"],
  ...["contract", "in-transit", "cluster", "postgres"].map(
    (name) => `test/many-machines/${name}.test.ts`,
  ),
  ...["postgres", "proofs", "long"].flatMap((name) => ["--project", name]),
  ...["--reporter", "verbose"],
];

const options = {
  stay: { type: "boolean", default: false },
  update: { type: "boolean", default: false },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const told = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => told.abort());
  const postgres = await startPostgres();
  try {
    if (values["stay"]) {
      console.log(`export LEDGER_URL=${postgres.url}`);
      console.log("Ctrl-C ends it, and removes what it wrote.");
      if (!told.signal.aborted) await once(told.signal, "abort");
      return;
    }
    const child = spawn(
      process.execPath,
      [...proofs, ...(values["update"] ? ["--update"] : [])],
      {
        env: { ...process.env, LEDGER_URL: postgres.url },
        stdio: "inherit",
      },
    );
    told.signal.addEventListener("abort", () => child.kill());
    const [code] = await once(child, "exit");
    if (told.signal.aborted)
      throw new Error("stopped, and Postgres is removed");
    if (code !== 0) throw new Error("not all is proven: see above");
  } finally {
    await postgres.stop();
  }
});

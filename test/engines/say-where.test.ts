import { execFileSync } from "node:child_process";
import { expect, onTestFinished, test, vi } from "vitest";
import sayWhere from "./say-where.ts";

test("npm test says in one line each which engines and ledgers it ran on, and how to have the others", () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  onTestFinished(() => {
    vi.unstubAllEnvs();
    log.mockRestore();
  });
  for (const name of ["RESONATE_URL", "DATABASE_URL", "LEDGER_URL"])
    vi.stubEnv(name, "");
  sayWhere();
  vi.stubEnv("RESONATE_URL", "http://127.0.0.1:8001");
  vi.stubEnv("LEDGER_URL", "postgres://127.0.0.1");
  sayWhere();
  expect(log.mock.calls.flat()).toEqual([
    "engines: in process, dev server, not Resonate server (RESONATE_URL names one), not Postgres alone (DATABASE_URL names one)",
    "ledgers: SQLite, SQLite in a page, not Postgres (npm run postgres)",
    "engines: in process, dev server, Resonate server, not Postgres alone (DATABASE_URL names one)",
    "ledgers: SQLite, SQLite in a page, Postgres",
  ]);
});

test("whoever runs the proofs is told what they run on", () => {
  const vitest = [
    "node_modules/vitest/vitest.mjs",
    "run",
    "test/rooms.test.ts",
  ];
  const said = execFileSync(
    process.execPath,
    [...vitest, "--project", "proofs"],
    { encoding: "utf8", env: { ...process.env, LEDGER_URL: "" } },
  );
  expect(said).toContain("engines: in process, dev server");
  expect(said).toContain("ledgers: SQLite, SQLite in a page, not Postgres");
});

import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { audit, balances, entriesOf } from "#snippets/transfer/accounts.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { readersFolder, run } from "./support/run.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

test("a crash between two plain writes leaves the ledger short by the whole amount", async () => {
  const cwd = readersFolder();
  const program = "snippets/the-problem/crash-between.ts";
  const first = await run([program, "ledger.db"], { cwd });
  expect(first).toMatchObject({ exitCode: 0, stderr: "" });

  const db = openLedger(join(cwd, "ledger.db"));
  expect(await entriesOf(db, "transfer-001")).toMatchObject([
    { kind: "debit", amountCents: -50_00 },
  ]);
  expect(await balances(db)).toEqual([
    { account: "alice", cents: 150_00 },
    { account: "bob", cents: 0 },
  ]);
  const { seededCents, heldCents } = await audit(db);
  expect(seededCents - heldCents).toBe(50_00);
  db.close();

  expect(await run([program, "ledger.db"], { cwd })).toMatchObject({
    exitCode: 1,
    stderr: "it was not killed: give it a new ledger file\n",
  });
});

test("a crash before the first write costs nothing", async () => {
  const cwd = temporaryFolder();
  symlinkSync(resolve("node_modules"), join(cwd, "node_modules"));
  cpSync("package.json", join(cwd, "package.json"));
  cpSync("snippets", join(cwd, "snippets"), { recursive: true });
  const worker = join(cwd, "snippets/the-problem/naive-worker.ts");
  const dyingSooner = readFileSync(worker, "utf8").replace(
    '"credit"',
    '"debit"',
  );
  writeFileSync(worker, dyingSooner);
  const { stdout, stderr } = await run(
    ["snippets/the-problem/crash-between.ts", "ledger.db"],
    { cwd },
  );
  expect(stdout).toContain("missing: 0.00");
  expect(stderr).toBe("the crash should have cost 50.00\n");

  const db = openLedger(join(cwd, "ledger.db"));
  expect(await entriesOf(db, "transfer-001")).toEqual([]);
  db.close();
});

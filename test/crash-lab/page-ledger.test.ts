import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pointsOf } from "#snippets/crash/crash-point.ts";
import { runSchedule } from "#snippets/crash/run-schedule.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { loadDatabase } from "#snippets/crash-lab/load-database.ts";
import { scenario } from "#snippets/crash-matrix/scenario.ts";
import { openAccounts } from "#snippets/support/bank.ts";
import { audit } from "#snippets/transfer/accounts.ts";
import type { LedgerDb } from "#snippets/transfer/ledger.ts";
import { openDatabase } from "../support/simulate.ts";

const wasm = readFileSync("node_modules/sql.js/dist/sql-wasm.wasm");
const openInPage = await loadDatabase(wasm.buffer);

test("the ledger of a page refuses what the one in a file refuses", async () => {
  const refusals = async (db: LedgerDb) => {
    const found: string[] = [];
    for (const sql of [
      "UPDATE entries SET amount_cents = 1",
      "DELETE FROM entries",
      "REPLACE INTO entries VALUES ('seed:bob', NULL, 'bob', 1, 'seed')",
      "INSERT INTO entries VALUES ('x', 't1', 'carol', 1, 'credit')",
      "INSERT INTO entries VALUES ('x', 't1', 'bob', 1.5, 'credit')",
      "INSERT INTO entries VALUES ('x', 't1', NULL, 1, 'credit')",
      "INSERT INTO entries VALUES ('x', 't1', 'bob', 1, 'gift')",
    ])
      try {
        await db.prepare(sql).run();
        found.push(`done: ${sql}`);
      } catch (error) {
        found.push((error as Error).message);
      }
    return found;
  };
  const found = [];
  for (const open of [openDatabase, openInPage]) {
    const db = await open();
    await openAccounts(db);
    found.push(await refusals(db));
    expect(await audit(db)).toMatchObject({ heldCents: 200_00 });
    db.close();
    await expect(audit(db)).rejects.toThrow();
  }
  expect(found[1]).toEqual(found[0]);
  expect(found[0]?.filter((text) => text.startsWith("done"))).toEqual([]);
});

test("on the ledger of a page, too, a worker that dies at any point of a transfer changes nothing of how it ends", async () => {
  const next = () => startInProcess(scenario);
  const place = { openDatabase: openInPage, next };
  for (const [path, count, wanted] of [
    ["accepts", 16, "committed"],
    ["rejects", 24, "compensated"],
  ] as const) {
    const whole = await runSchedule(scenario, path, [], place);
    const points = pointsOf(whole.history);
    expect(points).toHaveLength(count);
    for (const point of points) {
      const { end } = await runSchedule(scenario, path, [point], place);
      expect(end, point).toBe(wanted);
    }
  }
});

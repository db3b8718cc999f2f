import { join } from "node:path";
import { Resonate } from "@resonatehq/sdk";
import Database from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import { Simulation } from "#snippets/crash/simulation.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { scenario as first } from "#snippets/crash-matrix/scenario.ts";
import { everyError } from "#snippets/errors/every-error.ts";
import { runWithErrors, untilQuiet } from "#snippets/errors/run-with-errors.ts";
import { scenario } from "#snippets/in-transit/scenario.ts";
import { openAccounts } from "#snippets/support/bank.ts";
import { audit, balances, openAccount } from "#snippets/transfer/accounts.ts";
import { IN_TRANSIT } from "#snippets/transfer/in-transit/legs.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { reconcileWith } from "#snippets/transfer/reconcile/with-engine.ts";
import { legsOn } from "../support/legs.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test.for(["ledger", "server"] as const)(
  "whichever statement is answered with an error, once, whether it was done or not, a transfer through the account in transit ends right: %s",
  { timeout: 60_000 },
  async (to) => {
    const { errors, wrong } = await everyError(scenario, to);
    expect(wrong).toEqual([]);
    expect(errors).toBeGreaterThan(100);
  },
);

test("a saga that compensates on any error makes money when the credit is written and answered with an error", {
  timeout: 60_000,
}, async () => {
  const { wrong } = await everyError(first, "ledger", ["accepts"]);
  const made = wrong.filter((it) => it.includes("debit, credit, reversal"));
  expect(made).toHaveLength(3); // one for each kind of error
});

/** A ledger that fails from this call on, until after the deadline. */
async function failFrom(path: string, from: number, isDone: boolean) {
  const way = scenario.paths[path];
  if (!way) throw new Error(`there is no path ${path}`);
  const run = await Simulation.begin(scenario, way, () => openLedger());
  const { db } = run.world;
  const client = new Resonate({
    network: run.server.network,
    logLevel: "error",
  });
  const answer = run.do.bind(run);
  let calls = 0;
  run.do = async (call) => {
    if (call.to !== "ledger" || calls++ < from) return answer(call);
    if (isDone) await answer(call);
    return { error: "SQLITE_IOERR" };
  };
  try {
    for (let workers = 0; workers < 2; workers += 1) {
      const until = Promise.race([run.end.catch(() => {}), untilQuiet(run)]);
      await run.work(startInProcess(scenario), () => "answered", until);
      await run.server.passLease();
    }
    await run.server.passDeadline();
    const found = await reconcileWith(client.promises, db);
    const again = await reconcileWith(client.promises, db);
    return { found, again, held: await balances(db), sums: await audit(db) };
  } finally {
    await client.stop();
    await run.close();
  }
}

test("a ledger that fails from any statement on, until after the deadline, has nothing in transit when it was reconciled", {
  timeout: 60_000,
}, async () => {
  let undone = 0;
  for (const path of ["alice has enough", "bob's account is closed"]) {
    const { calls } = await runWithErrors(
      scenario,
      path,
      "ledger",
      () => undefined,
    );
    for (let from = 0; from < calls; from += 1)
      for (const isDone of [false, true]) {
        const where = `${path}, ${from}, ${isDone}`;
        const { found, again, held, sums } = await failFrom(path, from, isDone);
        undone += found.filter(({ is }) => is === "undone").length;
        expect(again, where).toEqual([]);
        expect(held.at(-1), where).toEqual({ account: IN_TRANSIT, cents: 0 });
        expect(sums, where).toEqual({ seededCents: 200_00, heldCents: 200_00 });
      }
  }
  expect(undone).toBeGreaterThan(3);
});

/** A ledger in a file, and its leaves. */
async function openFile() {
  const file = join(temporaryFolder(), "ledger.db");
  const db = openLedger(file);
  onTestFinished(() => void db.close());
  db.pragma("busy_timeout = 0");
  await openAccounts(db);
  await openAccount(db, IN_TRANSIT, 0);
  return { db, file, ...(await legsOn(db)) };
}

test("a ledger that is locked by another process makes neither row, and says neither yes nor no; when it is free the same call makes both", async () => {
  const { db, file, payIn } = await openFile();
  const other = new Database(file);
  onTestFinished(() => void other.close());
  other.exec("BEGIN IMMEDIATE");
  await expect(payIn()).rejects.toMatchObject({
    message: "database is locked",
  });
  other.exec("ROLLBACK");
  expect(await payIn()).toBe("made");
  expect((await balances(db)).map(({ cents }) => cents)).toEqual([
    ...[150_00, 0, 50_00],
  ]);
});

test("a ledger whose disk is full makes neither row, and says neither yes nor no; when there is room the same call makes both", async () => {
  const { db, payIn, payOut } = await openFile();
  await payIn();
  const pages = db.pragma("page_count", { simple: true });
  db.pragma(`max_page_count = ${pages}`);
  // Fill the pages that are there.
  const fill = db.prepare("INSERT INTO accounts VALUES (hex(randomblob(200)))");
  let count = 0;
  const full = () => {
    for (; count < 10_000; count += 1) fill.run();
  };
  expect(full).toThrow("database or disk is full");
  const id = "t2".padEnd(3_000, "x");
  await expect(payIn({ id })).rejects.toMatchObject({
    message: "database or disk is full",
  });
  expect((await balances(db)).map(({ cents }) => cents)).toEqual([
    ...[150_00, 0, 50_00],
  ]);
  db.pragma("max_page_count = 1000000");
  expect(await payIn({ id })).toBe("made");
  expect(await payOut()).toBe("made");
});

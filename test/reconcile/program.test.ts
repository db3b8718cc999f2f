import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test } from "vitest";
import { watch } from "#snippets/crash/watch.ts";
import { alicePaysBob, openAccounts } from "#snippets/support/bank.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { openAccount } from "#snippets/transfer/accounts.ts";
import { checkTransfer } from "#snippets/transfer/check-transfer.ts";
import { IN_TRANSIT } from "#snippets/transfer/in-transit/legs.ts";
import { transferInTransit } from "#snippets/transfer/in-transit/saga.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { run } from "../support/run.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const program = "snippets/reconcile/reconcile.ts";

test("npm run reconcile undoes what a deadline has left half done, lists what is for a person, and exits with 1 as long as there is any", {
  timeout: 90_000,
}, async () => {
  const server = await startDevServer();
  onTestFinished(() => server.stop());
  const folder = temporaryFolder();
  const file = join(folder, "ledger.db");
  const db = openLedger(file);
  onTestFinished(() => void db.close());
  await openAccounts(db);
  await openAccount(db, IN_TRANSIT, 0);
  const older = join(folder, "older.db");
  await db.backup(older);

  const worker = new Resonate({ url: server.url, logLevel: "error" });
  onTestFinished(() => worker.stop());
  const lossy = watch(db, (proceed, [opId], { method }) => {
    if (method === "run" && opId === "t2-credit")
      throw new Error("the disk is full");
    return proceed();
  });
  worker.setDependency("db", lossy);
  const transfer = worker.register("transfer", transferInTransit);
  const order = (id: string) => checkTransfer(alicePaysBob(id), db);
  await transfer.run("t1", await order("t1"));
  const short = worker.options({ timeout: 1_000 });
  await expect(transfer.run("t2", await order("t2"), short)).rejects.toThrow();

  const env = { RESONATE_URL: server.url };
  const reconcile = (...args: string[]) =>
    run([program, file, ...args], { env, cwd: process.cwd() });
  expect(await reconcile()).toEqual({
    ...{ exitCode: 0, stderr: "" },
    stdout: "t2 undone: its run ended without a result\nin transit: 0.00\n",
  });
  expect(await reconcile()).toEqual({
    ...{ exitCode: 0, stderr: "" },
    stdout: "in transit: 0.00\n",
  });

  const ids = join(folder, "ids.txt");
  writeFileSync(ids, "t1\nt2\nt3\n");
  const lost = await transfer.run("t3", await order("t3"));
  expect(lost.status).toBe("committed");
  const found = await run([program, older, "--ids", ids], {
    env,
    cwd: process.cwd(),
  });
  const nothing =
    "for a person: its caller was told committed, and nothing is here";
  expect(found).toEqual({
    exitCode: 1,
    stdout: `t1 ${nothing}\nt3 ${nothing}\nin transit: 0.00\n`,
    stderr: "2 for a person: see above\n",
  });
});

test("npm run reconcile says what it lacks: a server, a ledger, a list", async () => {
  const said = async (args: string[], url = "") => {
    const env = { RESONATE_URL: url };
    const { exitCode, stderr } = await run([program, ...args], { env });
    expect(exitCode).toBe(1);
    return stderr;
  };
  expect(await said(["a.db"])).toBe("RESONATE_URL is to name your server\n");
  expect(await said(["a.db"], "http://127.0.0.1:9")).toBe(
    "nothing answers at http://127.0.0.1:9: start the server\n",
  );
  const help = await run([program, "--help"]);
  expect(help).toMatchObject({ exitCode: 0, stderr: "" });
  expect(help.stdout).toMatch(/^usage: npm run reconcile -- LEDGER/);
});

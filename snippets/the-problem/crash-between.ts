import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { formatCents } from "../support/format-cents.ts";
import {
  ledgerFile,
  printBalances,
  program,
} from "../support/program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { audit, openAccount } from "../transfer/accounts.ts";
import { openLedger } from "../transfer/open-ledger.ts";

const USAGE = `\
usage: npx tsx snippets/the-problem/crash-between.ts [ledger-file]

A naive transfer whose process is killed between its two writes. The
ledger is a temporary file unless you name one.`;

const args = { allowPositionals: true };
await program(USAGE, args, async ({ positionals }) => {
  const file =
    ledgerFile(positionals) ??
    join(temporaryFolder("crash-between"), "ledger.db");
  const db = openLedger(file);
  try {
    // #region parent
    await openAccount(db, "alice", 200_00);
    await openAccount(db, "bob", 0);
    await printBalances(db, "before");

    console.log("\na process moves 50.00 from alice to bob");
    const worker = new URL("./naive-worker.ts", import.meta.url);
    const child = fork(worker, [file], { silent: true });
    const [, signal] = await once(child, "exit");
    if (signal !== "SIGKILL")
      throw new Error("it was not killed: give it a new ledger file");
    console.log("it was killed with SIGKILL\n");

    await printBalances(db, "after");
    const { seededCents, heldCents } = await audit(db);
    console.log(`\nmissing: ${formatCents(seededCents - heldCents)}`);
    // #endregion parent
    if (seededCents - heldCents !== 50_00)
      throw new Error("the crash should have cost 50.00");
  } finally {
    db.close();
  }
});

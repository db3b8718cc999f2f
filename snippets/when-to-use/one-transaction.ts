import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { formatCents } from "../support/format-cents.ts";
import { printBalances, program } from "../support/program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { audit, openAccount } from "../transfer/accounts.ts";
import { openLedger } from "../transfer/open-ledger.ts";

const USAGE = `\
usage: npx tsx snippets/when-to-use/one-transaction.ts

Both writes in one transaction, and a process that is killed between
them. The ledger is a temporary file.`;

await program(USAGE, {}, async () => {
  const file = join(temporaryFolder("one-transaction"), "ledger.db");
  const db = openLedger(file);
  try {
    // #region parent
    await openAccount(db, "alice", 200_00);
    await openAccount(db, "bob", 0);

    console.log("a process moves 50.00 from alice to bob");
    const worker = new URL("./dying-worker.ts", import.meta.url);
    const child = fork(worker, [file], { silent: true });
    const [said, [, signal]] = await Promise.all([
      text(child.stdout as Readable),
      once(child, "exit"),
    ]);
    if (signal !== "SIGKILL") throw new Error("it was not killed");
    const inside = formatCents(Number(said));
    console.log(`its transaction sees the debit: all hold ${inside}`);
    console.log("it is killed with SIGKILL\n");

    await printBalances(db, "the ledger");
    // #endregion parent
    const { seededCents, heldCents } = await audit(db);
    if (Number(said) !== 150_00 || heldCents !== seededCents)
      throw new Error("not as the page says");
  } finally {
    db.close();
  }
});

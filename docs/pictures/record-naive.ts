import { describe } from "#snippets/crash/describe.ts";
import type { Moment } from "#snippets/crash/history.ts";
import { Server } from "#snippets/crash/server.ts";
import { watch } from "#snippets/crash/watch.ts";
import { steps } from "#snippets/crash-lab/progress.ts";
import { snapshot } from "#snippets/crash-lab/snapshot.ts";
import { alicePaysBob, openAccounts } from "#snippets/support/bank.ts";
import { naiveTransfer } from "#snippets/the-problem/naive-transfer.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import type { Recording } from "./record.ts";

/** The transfer of The problem: two plain writes, and never the second. */
export async function recordNaive(): Promise<Pick<Recording, "frames">> {
  const db = openLedger();
  await openAccounts(db);
  const history: Moment[] = [];
  const dead = Promise.withResolvers<void>();
  const dying = watch(db, (proceed, _, call) => {
    const name = describe(call, steps);
    const fate = name === "write-credit" ? "before" : "answered";
    history.push({ worker: 1, name, call, fate });
    if (fate === "answered") return proceed();
    dead.resolve();
    return new Promise(() => {}); // nobody goes on from here
  });
  naiveTransfer(dying, alicePaysBob("t1"));
  await dead.promise;
  const left = await snapshot([db], new Server(), history);
  db.close();
  return { frames: [{ at: "1:dead", history, answers: [], snapshot: left }] };
}

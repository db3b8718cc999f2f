import { Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished } from "vitest";
import { watch } from "#snippets/crash/watch.ts";
import type { Saga } from "#snippets/crash-matrix/transfer-world.ts";
import type { LedgerDb } from "#snippets/transfer/ledger.ts";
import { orderFor } from "./bank.ts";

/**
 * Makes a transfer whose credit is written, and answered with an error until
 * there is no time to ask again.
 */
export async function loseCredit(db: LedgerDb, saga: Saga) {
  const lossy = watch(db, async (proceed, [opId], { method }) => {
    const answer = await proceed();
    if (method === "run" && opId === "t1-credit")
      throw new Error("the answer is lost");
    return answer;
  });
  const resonate = new Resonate({ logLevel: "error" });
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", lossy);
  const transfer = resonate.register("transfer", saga);
  const short = resonate.options({ timeout: 1_000 });
  await expect(transfer.run("t1", await orderFor(db), short)).rejects.toThrow(
    "the answer is lost",
  );
}

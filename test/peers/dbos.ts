import { randomUUID } from "node:crypto";
import { DBOS } from "@dbos-inc/dbos-sdk";
import type { Order } from "../../snippets/transfer/check-transfer.ts";
import type { Engine } from "../bench/engines.ts";
import { openBench } from "../bench/open-bench.ts";
import { isNo, leavesOf } from "./leaves.ts";

/** The same saga on DBOS, with its records in the Postgres at `url`. */
export async function openDbos(url: string, file: string): Promise<Engine> {
  const { db, order } = await openBench(file);
  const step = <T>(name: string, leaf: () => Promise<T>) =>
    DBOS.runStep(leaf, {
      name,
      retriesAllowed: true,
      shouldRetry: (error) => !isNo(error),
    });
  const transferMoney = DBOS.registerWorkflow(
    async (order: Order) => {
      const leaves = leavesOf(db, order);
      await step("debit", leaves.debit);
      try {
        await step("credit", leaves.credit);
      } catch (error) {
        if (!isNo(error)) throw error;
        await step("reversal", leaves.reversal);
        return { status: "compensated" };
      }
      return { status: "committed" };
    },
    { name: "transferMoney" },
  );
  DBOS.setConfig({ name: "peers", systemDatabaseUrl: url, logLevel: "error" });
  await DBOS.launch();
  const group = randomUUID();
  let made = 0;
  return {
    async transfer() {
      const next = order(made++, group);
      const options = { workflowID: next.id };
      const run = await DBOS.startWorkflow(transferMoney, options)(next);
      return run.getResult();
    },
    made: () => made,
    db,
    async close() {
      await DBOS.shutdown();
      db.close();
    },
  };
}

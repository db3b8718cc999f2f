import * as generator from "@resonatehq/sdk";
import * as async from "@resonatehq/sdk/async";
import { onTestFinished } from "vitest";
import { transferMoney as asyncTransfer } from "#snippets/async-engine/transfer-money.ts";
import { silence } from "#snippets/crash/silence.ts";
import type { Order, Transfer } from "#snippets/transfer/check-transfer.ts";
import type { LedgerDb } from "#snippets/transfer/ledger.ts";
import { transferMoney } from "#snippets/transfer/transfer-money.ts";
import { orderFor } from "./bank.ts";
import { atPlace } from "./place.ts";

/** The same saga, as each engine has it. */
export interface Sagas<T> {
  generator: (ctx: generator.Context, order: Order) => Generator<unknown, T>;
  async: (ctx: async.Context, order: Order) => Promise<T>;
}
export type Engine = keyof Sagas<unknown>;

export const transfers = { generator: transferMoney, async: asyncTransfer };

type Options = ConstructorParameters<typeof async.Resonate>[0];

/** A fresh engine, and how to run its saga up to the result. */
export function startSaga<T>(
  engine: Engine,
  db: LedgerDb,
  sagas: Sagas<T>,
  options: Options = { logger: silence, ...atPlace() },
) {
  if (engine === "generator") {
    const resonate = new generator.Resonate(options);
    onTestFinished(() => resonate.stop());
    resonate.setDependency("db", db);
    const saga = resonate.register("transferMoney", sagas.generator);
    const run = async (id: string, transfer: Transfer): Promise<T> =>
      saga.run(id, await orderFor(db, transfer));
    return { resonate, run };
  }
  const resonate = new async.Resonate(options);
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", db);
  const saga = resonate.register("transferMoney", sagas.async);
  const run = async (id: string, transfer: Transfer): Promise<T> =>
    (await saga.run(id, await orderFor(db, transfer))).result();
  return { resonate, run };
}

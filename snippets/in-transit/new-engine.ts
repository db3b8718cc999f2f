import { Resonate } from "@resonatehq/sdk";
import { watch } from "../crash/watch.ts";
import type { Saga } from "../crash-matrix/transfer-world.ts";
import {
  checkTransfer,
  type Transfer,
} from "../transfer/check-transfer.ts";
import type { LedgerDb } from "../transfer/ledger.ts";

// #region new-engine
/** Runs a transfer by an engine that knows of nothing. Says its end. */
export async function byNewEngine(
  db: LedgerDb,
  saga: Saga,
  transfer: Transfer,
): Promise<string> {
  const { resonate, end } = await start(db, saga, transfer);
  const said = await end;
  await resonate.stop();
  return said;
}

/** The same, but the engine is gone before the credit is written. */
export async function upToCredit(
  db: LedgerDb,
  saga: Saga,
  transfer: Transfer,
): Promise<void> {
  const reached = Promise.withResolvers<void>();
  const halted = watch(db, (proceed, values, { method }) => {
    if (method !== "run" || !values.includes(`${transfer.id}-credit`))
      return proceed();
    reached.resolve();
    return new Promise(() => {}); // nobody hears of it again
  });
  const { resonate } = await start(halted, saga, transfer);
  await reached.promise;
  await resonate.stop();
}

async function start(db: LedgerDb, saga: Saga, transfer: Transfer) {
  const resonate = new Resonate({ logLevel: "error" });
  resonate.setDependency("db", db);
  const order = await checkTransfer(transfer, db);
  const end = resonate
    .register("transfer", saga)
    .run(order.id, order)
    .then(
      ({ status }) => status,
      ({ name, message }: Error) => `${name}: ${message}`,
    );
  return { resonate, end };
}
// #endregion new-engine

import { type Context, Resonate } from "@resonatehq/sdk";
import { databaseOver, serviceOf } from "../crash/database.ts";
import type {
  Database,
  OpenDatabase,
  Scenario,
  World,
} from "../crash/scenario.ts";
import { openAccounts } from "../support/bank.ts";
import { audit, entriesOf } from "../transfer/accounts.ts";
import {
  checkTransfer,
  type Order,
  type Transfer,
} from "../transfer/check-transfer.ts";

// #region transfer-world
/** A ledger with the accounts of most examples. */
export interface TransferWorld extends World {
  db: Database;
  order: Order;
}

/**
 * Opens it, for this transfer. An end is the status of the answer, and
 * the kinds of entry that are to be in the ledger then.
 */
export async function openTransferWorld(
  openDatabase: OpenDatabase,
  transfer: Transfer,
  ends: Record<string, readonly string[]>,
): Promise<TransferWorld> {
  const db = await openDatabase();
  await openAccounts(db);
  const written = async () =>
    (await entriesOf(db, transfer.id)).map(({ kind }) => kind);
  return {
    db,
    order: await checkTransfer(transfer, db),
    services: { ledger: serviceOf(db) },
    written,
    async check(answer) {
      const { status } = answer as { status: string };
      const kinds = (await written()).join(", ");
      if (kinds !== ends[status]?.join(", "))
        throw new Error(`it ${status}, and the ledger has ${kinds}`);
      const { seededCents, heldCents } = await audit(db);
      if (seededCents !== heldCents)
        throw new Error(`${seededCents} cents are now ${heldCents}`);
      return status;
    },
    close: () => db.close(),
  };
}

export type Saga = (
  ctx: Context,
  order: Order,
) => Generator<unknown, { status: string }>;

/** A worker that makes such a transfer by this saga. */
export function workOf(saga: Saga): Scenario["work"] {
  return (options, call) => {
    const resonate = new Resonate(options);
    resonate.setDependency("db", databaseOver(call, "ledger"));
    resonate.register("transferMoney", saga);
    return resonate;
  };
}
// #endregion transfer-world

import type { Resonate } from "@resonatehq/sdk";
import type { LedgerDb } from "../ledger.ts";
import type { Bank } from "./ask-bank.ts";
import type { Alert } from "./park.ts";
import { PARKED } from "./parked-tables.ts";
import { transferBetweenBanks } from "./saga.ts";

// #region start-worker
/**
 * Makes a worker of this client: one for a server has a `url`, and the
 * `group` that transfers are ordered from. The banks go by the names
 * that orders use; `parked` is a database that outlives the engine.
 */
export async function startWorker(
  resonate: Resonate,
  banks: Record<string, Bank>,
  parked: LedgerDb,
  alert: Alert = console.error,
): Promise<void> {
  for (const sql of PARKED) await parked.prepare(sql).run();
  resonate.setDependency("banks", banks);
  resonate.setDependency("parked", parked);
  resonate.setDependency("alert", alert);
  resonate.register("transferBetweenBanks", transferBetweenBanks);
}
// #endregion start-worker

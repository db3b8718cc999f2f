import type { Scenario } from "../crash/scenario.ts";
import {
  type Saga,
  type TransferWorld,
  workOf,
} from "../crash-matrix/transfer-world.ts";
import { transferWithinFunds } from "../transfer/one-ledger/saga.ts";
import { openFundsWorld, paths } from "./funds-world.ts";

// #region scenario
/**
 * A transfer by this saga, from an account that may hold too little. A
 * refused one leaves these entries.
 */
export const scenarioOf = (
  saga: Saga,
  refused = ["refusal"],
): Scenario<TransferWorld> => ({
  id: "t1",
  name: "transferMoney",
  steps: ["debit", "credit", "reversal"],
  work: workOf(saga),
  open: (openDatabase) => openFundsWorld(openDatabase, refused),
  paths,
});

export const scenario = scenarioOf(transferWithinFunds);
// #endregion scenario

import type { Scenario } from "../crash/scenario.ts";
import {
  type Saga,
  type TransferWorld,
  workOf,
} from "../crash-matrix/transfer-world.ts";
import { transferWithinLedger } from "../transfer/one-ledger/saga.ts";
import { openLedgerWorld, paths } from "./ledger-world.ts";

// #region scenario
/** How a transfer may end, and the entries that it has made then. */
const ends = {
  committed: ["debit", "credit"],
  compensated: ["debit", "reversal", "refusal"],
  refused: ["refusal"],
};

/** A transfer by this saga, which may keep other entries of a no. */
export const scenarioOf = (
  saga: Saga,
  kept: Record<string, string[]> = {},
): Scenario<TransferWorld> => ({
  id: "t1",
  name: "transferMoney",
  steps: ["debit", "credit", "reversal"],
  keys: ["reversal", "credit", "debit"], // to reverse names all
  work: workOf(saga),
  open: (openDatabase) =>
    openLedgerWorld(openDatabase, { ...ends, ...kept }),
  paths,
});

export const scenario = scenarioOf(transferWithinLedger);
// #endregion scenario

import type { Scenario } from "../crash/scenario.ts";
import type {
  Saga,
  TransferWorld,
} from "../crash-matrix/transfer-world.ts";
import { scenarioOf } from "../one-ledger/scenario.ts";
import { transferInTransit } from "../transfer/in-transit/saga.ts";
import { openSteadyWorld } from "./steady-world.ts";

// #region scenario
/** How a transfer may end, and the entries that it has made then. */
export const ends: Record<string, string[]> = {
  committed: ["debit", "debit", "credit", "credit"],
  compensated: [
    ...["debit", "debit"],
    ...["reversal", "reversal", "refusal"],
  ],
  refused: ["refusal"],
};

/** A transfer by this saga, which may keep other entries. */
export const steady = (
  saga: Saga,
  kept: Record<string, string[]> = ends,
): Scenario<TransferWorld> => ({
  ...scenarioOf(saga),
  open: (openDatabase) => openSteadyWorld(openDatabase, kept),
});

export const scenario = steady(transferInTransit);
// #endregion scenario

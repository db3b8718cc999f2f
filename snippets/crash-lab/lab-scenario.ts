import type { Scenario } from "../crash/scenario.ts";
import { ends, scenario } from "../crash-matrix/scenario.ts";
import {
  openTransferWorld,
  type TransferWorld,
} from "../crash-matrix/transfer-world.ts";
import { alicePaysBob } from "../support/bank.ts";
import type { Plan } from "./plan.ts";

// #region lab-scenario
/** The scenario of the crash matrix, with an amount of your own. */
export function scenarioOf({
  amountCents,
}: Pick<Plan, "amountCents">): Scenario<TransferWorld> {
  const transfer = { ...alicePaysBob(scenario.id), amountCents };
  return {
    ...scenario,
    open: (openDatabase) =>
      openTransferWorld(openDatabase, transfer, ends),
  };
}

/** The path of it on which bob's account is closed, or not. */
export function pathOf({ isClosed }: Pick<Plan, "isClosed">) {
  return isClosed ? "rejects" : "accepts";
}
// #endregion lab-scenario

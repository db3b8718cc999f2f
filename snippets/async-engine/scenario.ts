import { Resonate } from "@resonatehq/sdk/async";
import { databaseOver } from "../crash/database.ts";
import type { Scenario } from "../crash/scenario.ts";
import { scenario as ours } from "../crash-matrix/scenario.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { transferMoney } from "./transfer-money.ts";

// #region scenario
/** The same as on the generator engine, but for the worker. */
export const scenario: Scenario<TransferWorld> = {
  ...ours,
  work(options, call) {
    const resonate = new Resonate(options);
    resonate.setDependency("db", databaseOver(call, "ledger"));
    resonate.register("transferMoney", transferMoney);
    return resonate;
  },
};
// #endregion scenario

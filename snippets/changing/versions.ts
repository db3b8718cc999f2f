import { Resonate } from "@resonatehq/sdk";
import { databaseOver } from "../crash/database.ts";
import type { Scenario } from "../crash/scenario.ts";
import type { Saga } from "../crash-matrix/transfer-world.ts";

// #region versions
/** What a worker has of the saga, by version. */
export type Versions = Record<number, Saga>;

/** A worker that has these. */
export const workOf =
  (versions: Versions): Scenario["work"] =>
  (options, call) => {
    const resonate = new Resonate(options);
    resonate.setDependency("db", databaseOver(call, "ledger"));
    for (const [version, saga] of Object.entries(versions))
      resonate.register("transferMoney", saga, {
        version: Number(version),
      });
    return resonate;
  };
// #endregion versions

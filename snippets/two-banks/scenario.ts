import { Resonate } from "@resonatehq/sdk";
import { databaseOver } from "../crash/database.ts";
import { fetchOver } from "../crash/http.ts";
import type { Scenario } from "../crash/scenario.ts";
import type { CallService } from "../crash/wire.ts";
import { transferBetweenBanks } from "../transfer/two-banks/saga.ts";
import { FAR_MS } from "../transfer/two-banks/settle.ts";
import { alicePaysBob } from "./alice-pays-bob.ts";
import { BankWorld } from "./bank-world.ts";
import { employ, type Saga } from "./employ.ts";
import { openBanks } from "./open-banks.ts";
import { paths } from "./paths.ts";

export const order = alicePaysBob("t1", {
  tries: 2,
  firstPauseMs: 1_000,
  longestPauseMs: 60_000,
});

// #region work
/** A worker that makes such a transfer by this saga. */
export function workOf(saga: Saga): Scenario["work"] {
  return (options, call) =>
    employ(new Resonate(options), saga, {
      banks: { east: bank(call, "east"), west: bank(call, "west") },
      parked: databaseOver(call, "parked"),
      alert: () => {},
    });
}

function bank(call: CallService, name: string) {
  const fetch = fetchOver(call, name);
  return { fetch, url: `http://${name}`, timeLimitMs: 10_000 };
}
// #endregion work

// #region scenario
export const scenario: Scenario<BankWorld> = {
  id: "t1",
  name: "transferBetweenBanks",
  timeout: FAR_MS,
  steps: ["debit"], // what comes then depends on the answers
  keys: ["debit", "credit", "reversal", "reversal-2", "write-off"],
  work: workOf(transferBetweenBanks),
  open: async (openDatabase) =>
    new BankWorld(order, await openBanks(openDatabase)),
  paths,
};
// #endregion scenario

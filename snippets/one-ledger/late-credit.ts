import { onStage } from "../support/on-stage.ts";
import { arriveLate } from "./arrive-late.ts";
import { close, reopen } from "./events.ts";
import { sagaWithout } from "./guards.ts";
import { scenarioOf } from "./scenario.ts";

const about = "A credit that is on its way arrives after the reversal.";
await onStage("one-ledger/late-credit", about, async () => {
  // #region late-credit
  const sagas = {
    "a reversal alone": scenarioOf(sagaWithout("closed-id"), {
      compensated: ["debit", "reversal"],
    }),
    "a reversal that closes the credit's id": scenarioOf(sagaWithout()),
  };
  for (const [undo, scenario] of Object.entries(sagas)) {
    console.log(undo);
    await arriveLate(scenario, {
      step: "credit",
      end: "compensated",
      before: ["bob's account is closed", close],
      after: ["it is opened again", reopen],
    });
  }
  // #endregion late-credit
});

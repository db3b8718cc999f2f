import { onStage } from "../support/on-stage.ts";
import { arriveLate } from "./arrive-late.ts";
import { earn, spend } from "./events.ts";
import { sagaWithout } from "./guards.ts";
import { scenarioOf } from "./scenario.ts";

const about =
  "A debit that is on its way arrives after it was refused.";
await onStage("one-ledger/late-debit", about, async () => {
  // #region late-debit
  const sagas = {
    "a no that leaves no row": scenarioOf(sagaWithout("kept-no"), {
      refused: [],
    }),
    "a no that is kept": scenarioOf(sagaWithout()),
  };
  for (const [no, scenario] of Object.entries(sagas)) {
    console.log(no);
    await arriveLate(scenario, {
      step: "debit",
      end: "refused",
      before: ["alice spends all", spend],
      after: ["alice gets it back", earn],
    });
  }
  // #endregion late-debit
});

import { scenario as first } from "../crash-matrix/scenario.ts";
import { scenario as inTransit } from "../in-transit/scenario.ts";
import { onStage } from "../support/on-stage.ts";
import { everyError } from "./every-error.ts";

const about = "Each statement fails once: locked, full, or unreadable.";
await onStage("errors/every", about, async () => {
  // #region every
  const sagas = {
    "the first saga": first,
    "the saga through the account in transit": inTransit,
  };
  for (const [name, scenario] of Object.entries(sagas)) {
    console.log(name);
    for (const to of ["ledger", "server"] as const) {
      const { errors, wrong } = await everyError(scenario, to);
      const ended = wrong.length
        ? `${wrong.length} ended wrong`
        : "all ended right";
      console.log(`  ${errors} errors of the ${to}: ${ended}`);
      for (const each of new Set(wrong.map(harm)))
        console.log(`    ${each}`);
    }
  }
  // #endregion every
});

/** What was wrong, without where. */
function harm(wrong: string): string {
  return wrong.slice(wrong.indexOf(": ") + 2);
}

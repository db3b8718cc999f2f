import { formatCents } from "../support/format-cents.ts";
import { onStage } from "../support/on-stage.ts";
import { transferInTransit } from "../transfer/in-transit/saga.ts";
import { deployed } from "./deployed.ts";
import type { Versions } from "./versions.ts";
import { transferWithLimit } from "./with-limit.ts";

const about = "A saga is changed while a transfer is under way.";
await onStage("changing/deploy", about, async () => {
  // #region deploy
  const ways: Record<string, Versions> = {
    "the new saga in place of the old one": { 1: transferInTransit },
    "the new saga as version 2, beside the old one": {
      1: transferWithLimit,
      2: transferInTransit,
    },
  };
  for (const [way, versions] of Object.entries(ways)) {
    console.log(way);
    for (const step of ["limit", "debit"]) {
      const { status, held } = await deployed(step, versions);
      const all = held
        .filter(({ cents }) => cents)
        .map(
          ({ account, cents }) => `${account} ${formatCents(cents)}`,
        );
      console.log(`  worker 1 dies when the ${step} is recorded`);
      console.log(`    ${status}: ${all.join(", ")}`);
    }
  }
  // #endregion deploy
});

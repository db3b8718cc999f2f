import { fateAt } from "../crash/crash-point.ts";
import type { Moment } from "../crash/history.ts";
import { Simulation } from "../crash/simulation.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { formatCents } from "../support/format-cents.ts";
import { onStage } from "../support/on-stage.ts";
import { balances } from "../transfer/accounts.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { earn, spend } from "./events.ts";
import { sagaWithout } from "./guards.ts";
import { scenarioOf } from "./scenario.ts";

const about =
  "A debit that is on its way arrives after it was refused.";
await onStage("one-ledger/late-debit", about, async () => {
  // #region late-debit
  const leaves = {
    "a no that leaves no row": scenarioOf(sagaWithout("kept-no"), []),
    "a no that is kept": scenarioOf(sagaWithout()),
  };
  for (const [debit, scenario] of Object.entries(leaves)) {
    const path = { ends: ["refused"] };
    const run = await Simulation.begin(scenario, path, () =>
      openLedger(),
    );
    const { world, server, history } = run;
    console.log(debit);
    await run.work(startInProcess(scenario), ({ name }) =>
      fateAt("before:write-debit", name),
    );
    const { call: late } = history.at(-1) as Moment;
    console.log("  worker 1 debits alice, and is heard of no more");
    await server.passLease();
    await spend(world);
    await run.work(startInProcess(scenario), () => "answered");
    console.log(`  alice spends all, worker 2: ${await run.check()}`);
    await earn(world);
    await tell("  alice gets it back", world);
    await run.do(late);
    await tell("  the debit of worker 1 arrives", world);
    await run.close();
  }
  // #endregion late-debit
});

async function tell(what: string, { db }: TransferWorld) {
  const rows = await balances(db);
  const held = rows
    .filter(({ account }) => account !== "carol")
    .map(({ account, cents }) => `${account} ${formatCents(cents)}`);
  console.log(`${what}: ${held.join(", ")}`);
}

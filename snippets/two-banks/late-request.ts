import { fateAt } from "../crash/crash-point.ts";
import type { Moment } from "../crash/history.ts";
import { Simulation } from "../crash/simulation.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import { onStage } from "../support/on-stage.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { closeBob, reopenBob } from "./events.ts";
import { scenario as withoutNo } from "./flawed/forgets-refusals.ts";
import { scenario as ours } from "./scenario.ts";
import { tell } from "./tell.ts";

const about = "A credit that is on its way arrives after the reversal.";
await onStage("two-banks/late-request", about, async () => {
  // #region late-request
  const banks = {
    "a bank that forgets its refusals": withoutNo,
    "a bank that keeps its refusals": ours,
  };
  for (const [bank, scenario] of Object.entries(banks)) {
    const path = { ends: ["compensated"] };
    const run = await Simulation.begin(scenario, path, () =>
      openLedger(),
    );
    const { world, server, history } = run;
    console.log(bank);
    await run.work(startInProcess(scenario), ({ name }) =>
      fateAt("before:make-credit", name),
    );
    const { call: late } = history.at(-1) as Moment;
    console.log(
      "  worker 1 asks for the credit, and is heard of no more",
    );
    await server.passLease();
    await closeBob(world);
    await run.work(startInProcess(scenario), () => "answered");
    await tell(`  worker 2: ${await run.check()}`, world.stores);
    await reopenBob(world);
    await run.do(late);
    await tell("  the request of worker 1 arrives", world.stores);
    await run.close();
  }
  // #endregion late-request
});

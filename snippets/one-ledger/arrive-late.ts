import { fateAt, notReached } from "../crash/crash-point.ts";
import type { Scenario } from "../crash/scenario.ts";
import { Simulation } from "../crash/simulation.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { formatCents } from "../support/format-cents.ts";
import { balances } from "../transfer/accounts.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import type { Happens } from "./events.ts";

interface Late {
  step: "debit" | "credit";
  end: string;
  /** What happens before worker 2 is asked, and before it arrives. */
  before: [what: string, does: Happens];
  after: [what: string, does: Happens];
}

// #region arrive-late
/** Plays a transfer in which a call of worker 1 is done last. */
export async function arriveLate(
  scenario: Scenario<TransferWorld>,
  { step, end, before, after }: Late,
) {
  const run = await Simulation.begin(scenario, { ends: [end] }, () =>
    openLedger(),
  );
  const { world, server, history } = run;
  const point = `before:write-${step}` as const;
  try {
    await run.work(startInProcess(scenario), ({ name }) =>
      fateAt(point, name),
    );
    const late = history.at(-1);
    if (late?.fate !== "before") throw notReached(point, history);
    console.log(
      `  worker 1 asks for the ${step}, and is heard of no more`,
    );
    await server.passLease();
    await before[1](world);
    await run.work(startInProcess(scenario), () => "answered");
    console.log(`  ${before[0]}, worker 2: ${await run.check()}`);
    await after[1](world);
    console.log(`  ${after[0]}: ${await held(world)}`);
    const done = await run.do(late.call);
    if ("error" in done) throw done.error;
    console.log(
      `  the ${step} of worker 1 arrives: ${await held(world)}`,
    );
  } finally {
    await run.close();
  }
}
// #endregion arrive-late

async function held({ db }: TransferWorld) {
  return (await balances(db))
    .filter(({ account }) => account !== "carol")
    .map(({ account, cents }) => `${account} ${formatCents(cents)}`)
    .join(", ");
}

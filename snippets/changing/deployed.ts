import { fateAt, notReached } from "../crash/crash-point.ts";
import { Simulation } from "../crash/simulation.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import { scenario } from "../in-transit/scenario.ts";
import { balances } from "../transfer/accounts.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { type Versions, workOf } from "./versions.ts";
import { transferWithLimit } from "./with-limit.ts";

// #region deployed
/** The saga with the limit, as version 1, in a ledger in transit. */
const before = {
  ...scenario,
  steps: ["limit", "debit", "credit"],
  work: workOf({ 1: transferWithLimit }),
};

/**
 * Has a transfer begin by that, whose worker dies when this step is
 * recorded. A worker with these versions goes on. Gives the answer, and
 * what is in the accounts then, in cents.
 */
export async function deployed(step: string, versions: Versions) {
  const run = await Simulation.begin(before, { ends: [] }, () =>
    openLedger(),
  );
  const { history, server, world } = run;
  const point = `after:record-${step}` as const;
  try {
    await run.work(startInProcess(before), ({ name }) =>
      fateAt(point, name),
    );
    if (history.at(-1)?.fate !== "after")
      throw notReached(point, history);
    await server.passLease();
    const after = { work: workOf(versions) };
    await run.work(startInProcess(after), () => "answered");
    const status = await (run.end as Promise<{ status: string }>).then(
      (answer) => answer.status,
      ({ message }: Error) => `failed, ${message}`,
    );
    return { status, held: await balances(world.db) };
  } finally {
    await run.close();
  }
}
// #endregion deployed

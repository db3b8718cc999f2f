import { Resonate } from "@resonatehq/sdk";
import { fateAt } from "../crash/crash-point.ts";
import { resume } from "../crash/resume.ts";
import { Simulation } from "../crash/simulation.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { scenario } from "../in-transit/scenario.ts";
import { balances } from "../transfer/accounts.ts";
import type { Order } from "../transfer/check-transfer.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import { openLedger } from "../transfer/open-ledger.ts";

/** What somebody does about a transfer whose deadline has passed. */
export type Remedy = (
  db: LedgerDb,
  promises: Resonate["promises"],
  order: Order,
) => Promise<unknown>;

// #region past-deadline
/**
 * Freezes a worker before it writes the credit, and lets the deadline
 * of its transfer pass. Then does something about that, and thaws the
 * worker. Gives what the caller was told, and what the accounts held
 * after each of this, in cents.
 */
export async function pastDeadline(remedy: Remedy) {
  const run = await Simulation.begin(scenario, { ends: [] }, () =>
    openLedger(),
  );
  const { server, world } = run;
  const { network } = server;
  const client = new Resonate({ network, logLevel: "error" });
  try {
    await run.work(startInProcess(scenario), ({ name }) =>
      fateAt("frozen:write-credit", name),
    );
    await server.passDeadline();
    const told = await run.end.catch((error) => error.message);
    const left = await held(world);
    await remedy(world.db, client.promises, world.order);
    const after = await held(world);
    await resume(run, () => "answered");
    return { told, left, after, thawed: await held(world) };
  } finally {
    await client.stop();
    await run.close();
  }
}

async function held({ db }: TransferWorld) {
  const rows = await balances(db);
  return Object.fromEntries(
    rows.map(({ account, cents }) => [account, cents]),
  );
}
// #endregion past-deadline

import { type CrashPoint, fateAt } from "../crash/crash-point.ts";
import { serviceOf } from "../crash/database.ts";
import { Simulation } from "../crash/simulation.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import { watch } from "../crash/watch.ts";
import { scenario as ours } from "../crash-matrix/scenario.ts";
import { type Saga, workOf } from "../crash-matrix/transfer-world.ts";
import { closeBob } from "../support/bank.ts";
import { audit, entriesOf } from "../transfer/accounts.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { transferMoney } from "../transfer/transfer-money.ts";

// #region play
/** What a transfer of 50.00 from alice to bob goes through. */
export interface Plot {
  /** Who pays, if not alice. */
  source?: string;
  /** Whether bob's account is closed at first, and whether later. */
  closed?: [first: boolean, later: boolean];
  /** Where the first worker dies. */
  dies?: CrashPoint;
  /** After that there is no other worker, or no record. */
  after?: "no other worker" | "no record";
  /** The ledger is locked when it is asked for the first time. */
  locked?: boolean;
  /** The ledger is passed along with the transfer. */
  passed?: boolean;
  /** We look when the target is asked for the second time. */
  untilAskedAgain?: boolean;
}

/** Has a saga go through this, and looks at the ledger then. */
export async function play(
  saga: Saga = transferMoney,
  plot: Plot,
  alter?: (db: LedgerDb) => Promise<void>,
) {
  const db = openLedger();
  const world = await ours.open(() => db);
  await alter?.(db);
  if (plot.source) world.order.source = plot.source;
  if (plot.passed) Object.assign(world.order, { db });
  if (plot.locked) world.services["ledger"] = serviceOf(lockedOnce(db));
  const { closed = [false, false] } = plot;
  const before = closed.map((it) => () => closeBob(db, it));
  const scenario = { ...ours, work: workOf(saga) };
  const next = () => startInProcess(scenario);
  const path = { before, ends: [] };
  const run = new Simulation(scenario, path, world).start();

  const askedAgain = Promise.withResolvers<{ status: string }>();
  const end = (run.end as Promise<{ status: string }>).catch(
    (error: Error) => ({ status: `failed: ${error.message}` }),
  );
  const until = Promise.race([askedAgain.promise, end]);
  const fateOf = ({ name }: { name: string }) => {
    if (plot.untilAskedAgain && name === "write-credit#2")
      askedAgain.resolve({ status: "pending" });
    return fateAt(plot.dies, name);
  };
  await run.work(next(), fateOf, until);
  let last = run;
  if (plot.dies && !plot.after) {
    await run.server.passLease();
    await run.work(next(), () => "answered");
  }
  if (plot.after === "no record") {
    last = new Simulation(scenario, path, world);
    const nothing = last.server.passLease(); // nothing is offered
    await last.work(next(), () => "answered", nothing);
  }
  const state = (await last.server.states()).get("t1") ?? "no record";
  const status = plot.after ? state : (await until).status;
  const entries = await entriesOf(db, "t1");
  const sums = await audit(db);
  for (const each of new Set([run, last])) await each.close();
  return { entries, ...sums, status };
}
export type Ending = Awaited<ReturnType<typeof play>>;
// #endregion play

function lockedOnce(ledger: LedgerDb) {
  let locked = true;
  return watch(ledger, (proceed) => {
    if (!locked) return proceed();
    locked = false;
    throw new Error("database is locked");
  });
}

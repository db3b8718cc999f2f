import { type Fault, faultsOn, suffer } from "../crash/faults.ts";
import { orStuck } from "../crash/run-schedule.ts";
import { Simulation } from "../crash/simulation.ts";
import { type Saga, workOf } from "../crash-matrix/transfer-world.ts";
import { events } from "../one-ledger/events.ts";
import { entriesOf } from "../transfer/accounts.ts";
import { checkTransfer } from "../transfer/check-transfer.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { ends, scenario } from "./scenario.ts";
import { openSteadyWorld, type SteadyWorld } from "./steady-world.ts";

/** Who pays whom. Alice has 200.00, and the others have nothing. */
const transfers = [
  { id: "a", source: "alice", target: "bob", amountCents: 150_00 },
  { id: "b", source: "bob", target: "carol", amountCents: 100_00 },
  { id: "c", source: "alice", target: "carol", amountCents: 100_00 },
];
const path = { ends: Object.keys(ends), events: Object.keys(events) };

/** What happens to the two workers of one of them. */
export const faults = faultsOn({ path }).map(([, drawn]) => drawn);

// #region three-at-once
/**
 * Three transfers at once in one ledger, each by two workers, to which
 * all this happens. Tells `saw` of each fault and each end. Throws when
 * one ends otherwise than it may, or an account was overdrawn or the
 * sum of all was another one after any call.
 */
export async function threeAtOnce(
  saga: Saga,
  schedules: Fault[][],
  saw: (what: string) => void,
): Promise<void> {
  const world = await openSteadyWorld(openLedger, { all: [] });
  const one = async (transfer: (typeof transfers)[0], nth: number) => {
    const own = {
      ...scenario,
      id: transfer.id,
      work: workOf(saga),
      open: () => worldOf(world, transfer),
    };
    const run = await Simulation.begin(own, path, openLedger);
    const end = orStuck(run.end);
    try {
      await suffer(own, run, end, schedules[nth] ?? [], saw);
      await end;
      saw(`ended ${await run.check()}`);
    } finally {
      await run.close();
    }
  };
  try {
    await Promise.all(transfers.map(one));
    await world.check({ status: "all" });
  } finally {
    await world.close();
  }
}

/** The same ledger, for one of them. It stays open for the others. */
async function worldOf(
  world: SteadyWorld,
  transfer: (typeof transfers)[0],
): Promise<SteadyWorld> {
  const { db } = world;
  return {
    ...world,
    order: await checkTransfer(transfer, db),
    async check(answer) {
      const { status } = answer as { status: string };
      const made = await entriesOf(db, transfer.id);
      const kinds = made.map(({ kind }) => kind).join(", ");
      if (kinds !== ends[status]?.join(", "))
        throw new Error(`${transfer.id} ${status}, and has ${kinds}`);
      return status;
    },
    close: () => {},
  };
}
// #endregion three-at-once

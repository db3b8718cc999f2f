import { type CrashPoint, fateAt } from "../crash/crash-point.ts";
import type { Moment } from "../crash/history.ts";
import { orStuck } from "../crash/run-schedule.ts";
import type { OpenDatabase, Scenario } from "../crash/scenario.ts";
import { Simulation } from "../crash/simulation.ts";
import { startInProcess } from "../crash/start-in-process.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { audit } from "../transfer/accounts.ts";
import type { Meeting } from "./guards.ts";

// #region play-out
/**
 * One run, whose workers die at these points in turn, until one is left
 * to finish. Gives what was called, and by how many cents all accounts
 * differ from what was seeded: when the run has ended, or its deadline
 * has passed.
 */
export async function playOut(
  scenario: Scenario<TransferWorld>,
  { first, second = () => {} }: Meeting,
  deaths: readonly CrashPoint[],
  openDatabase: OpenDatabase,
): Promise<{ history: Moment[]; cents: number }> {
  const world = await scenario.open(openDatabase);
  await first?.(world);
  const path = { before: [() => {}, second], ends: [] };
  const run = new Simulation(scenario, path, world).start();
  const over = orStuck(run.end.catch(() => {})); // an end is an end
  try {
    for (const point of deaths) {
      const fateOf = ({ name }: Moment) => fateAt(point, name);
      await run.work(startInProcess(scenario), fateOf, over);
      await run.server.passLease();
    }
    const patient = async ({ name }: Moment) => {
      // It would be asked again and again, until the deadline.
      if (name.endsWith("#2")) await run.server.passDeadline();
      return "answered" as const;
    };
    await run.work(startInProcess(scenario), patient, over);
    await over;
    const { seededCents, heldCents } = await audit(world.db);
    return { history: run.history, cents: heldCents - seededCents };
  } finally {
    await run.close();
  }
}
// #endregion play-out

import { onTestFinished } from "vitest";
import type { Path } from "#snippets/crash/scenario.ts";
import { Simulation } from "#snippets/crash/simulation.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import type { BankWorld } from "#snippets/two-banks/bank-world.ts";
import { sumsOf } from "#snippets/two-banks/open-banks.ts";
import { scenario } from "#snippets/two-banks/scenario.ts";

export const openDatabase = () => openLedger();
/** With workers that have no thread: they start at once. */
export const here = { openDatabase, next: () => startInProcess(scenario) };

export const next = (each = scenario) => startInProcess(each);

/** A transfer between banks, which has no worker yet. */
export async function begin(
  path: Path<BankWorld> = { ends: ["committed"] },
  each = scenario,
) {
  const run = await Simulation.begin(each, path, openDatabase);
  onTestFinished(() => run.close());
  return run;
}

/** What both banks hold, in cents. */
export const held = async ({ stores }: BankWorld) =>
  (await sumsOf(stores)).heldCents;

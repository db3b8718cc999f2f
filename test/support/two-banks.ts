import { onTestFinished } from "vitest";
import type { Path } from "#snippets/crash/scenario.ts";
import { Simulation } from "#snippets/crash/simulation.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import type { BankWorld } from "#snippets/two-banks/bank-world.ts";
import { scenario } from "#snippets/two-banks/scenario.ts";
import { heldBy } from "#snippets/two-banks/tell.ts";
import { openDatabase } from "./simulate.ts";

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
export const held = ({ stores }: BankWorld) => heldBy(stores);

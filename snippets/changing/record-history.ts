import type { Resonate } from "@resonatehq/sdk";
import { type History, historyOf } from "./history.ts";
import { replayHistory, type Saga } from "./replay-history.ts";

// #region record-history
/**
 * What the engine has of a run, and what its leaves were given, as this
 * saga gives it: the one that made the run. Throws when it is another,
 * or there is no such run.
 */
export async function recordHistory(
  saga: Saga,
  promises: Pick<Resonate["promises"], "get">,
  id: string,
): Promise<History> {
  const history = await historyOf(promises, id);
  const given = new Map<string, string>();
  const difference = await replayHistory(saga, history, (step, what) =>
    given.set(step, what),
  );
  if (difference)
    throw new Error(`the run ${id} is of another saga: ${difference}`);
  const steps = history.steps.map((step) => ({
    ...step,
    given: given.get(step.id),
  }));
  return { ...history, steps };
}

/** The runs that a saga would break, each with where it differs. */
export async function brokenBy(
  saga: Saga,
  histories: Record<string, History>,
): Promise<string[]> {
  const broken: string[] = [];
  for (const [name, history] of Object.entries(histories)) {
    const difference = await replayHistory(saga, history);
    if (difference) broken.push(`${name}: ${difference}`);
  }
  return broken;
}
// #endregion record-history

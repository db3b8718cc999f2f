import { startClient } from "../crash-matrix/client.ts";
import type { OpenBank } from "../crash-matrix/one-transfer.ts";
import { runSchedule } from "../crash-matrix/schedule.ts";
import type { Scenario } from "./scenario.ts";

// #region questions-after
/**
 * All that a worker asks, if those before it died like this: found by
 * going through it, with workers that have no thread. Throws when one
 * of them does not get to where it is to die.
 */
export async function questionsAfter(
  openBank: OpenBank,
  { rejects, deaths }: Scenario,
) {
  const place = { openBank, next: () => startClient() };
  const { asked } = await runSchedule(
    place,
    [rejects, rejects],
    deaths,
  );
  return asked.at(-1) ?? [];
}
// #endregion questions-after

import type { Simulation } from "./simulation.ts";

// #region check-end
/**
 * Names the end of a run. Throws unless the world agrees with the
 * answer, whoever asks later hears the same, nothing is pending, and
 * the end is one of these.
 */
export async function checkEnd(
  run: Pick<Simulation, "end" | "ask" | "server" | "world">,
  ends: readonly string[],
): Promise<string> {
  const answer = await run.end;
  const end = await run.world.check(answer);
  const again = await run.ask();
  if (JSON.stringify(again) !== JSON.stringify(answer))
    throw new Error(`it ${end}, and later the answer was another`);
  const states = [...(await run.server.states()).values()];
  if (states.includes("pending"))
    throw new Error(`it ${end}, and a step is still pending`);
  if (!ends.includes(end))
    throw new Error(`it ${end}: it should be ${ends.join(" or ")}`);
  return end;
}
// #endregion check-end

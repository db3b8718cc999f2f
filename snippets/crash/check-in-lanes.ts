import fc from "fast-check";

const LANES = 16; // at a time, each with a seed of its own

// #region check-in-lanes
/** Checks it so many times, several at a time. Gives what is wrong. */
export async function checkInLanes<Drawn>(
  property: fc.IAsyncProperty<Drawn>,
  firstSeed: number,
  count: number,
): Promise<string[]> {
  const violations: string[] = [];
  const lanes = Array.from({ length: LANES }, async (_, lane) => {
    const seed = firstSeed + lane;
    const numRuns = Math.ceil(count / LANES); // whole, or it never ends
    const details = await fc.check(property, { seed, numRuns });
    if (details.failed)
      violations.push(
        `${details.errorInstance}\n${fc.defaultReportMessage(details)}`,
      );
  });
  await Promise.all(lanes);
  return violations;
}
// #endregion check-in-lanes

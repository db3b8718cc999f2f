/**
 * Milliseconds that each of them takes, as the median of `rounds`. They take
 * turns, in an order of chance: whatever else the machine does, and what the one
 * before leaves behind, meets all of them alike.
 */
export async function inTurns<Name extends string>(
  tasks: Record<Name, (round: number) => unknown>,
  rounds: number,
  warmUp = Math.ceil(rounds / 5),
): Promise<Record<Name, number>> {
  const names = Object.keys(tasks) as Name[];
  const took = Object.fromEntries(
    names.map((name) => [name, [] as number[]]),
  ) as Record<Name, number[]>;
  for (let round = 0; round < warmUp + rounds; round += 1)
    for (const name of shuffled(names)) {
      const ms = await timed(() => tasks[name](round));
      if (round >= warmUp) took[name].push(ms);
    }
  return Object.fromEntries(
    names.map((name) => [name, median(took[name])]),
  ) as Record<Name, number>;
}

const shuffled = <T>(all: T[]): T[] =>
  all
    .map((each) => ({ each, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each);

/** Milliseconds that it takes. */
export async function timed(task: () => unknown): Promise<number> {
  const begun = performance.now();
  await task();
  return performance.now() - begun;
}

export function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

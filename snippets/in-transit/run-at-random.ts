import { program, progress } from "../support/program.ts";
import { transferInTransit } from "../transfer/in-transit/saga.ts";
import { threeAtRandom } from "./at-random.ts";

const USAGE = `\
usage: npm run at-random [-- --seed <number>] [--times <number>]

Has three transfers at once in one ledger, each by two workers that go
through all sorts of faults, and does so again and again: 10,000
schedules, in some minutes. After each call it looks at all accounts.

  --seed <number>    from this one on, and not from 1
  --times <number>   so many times three, and not 3,334`;

const options = {
  seed: { type: "string", default: "1" },
  times: { type: "string", default: "3334" },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const [seed, times] = [values["seed"], values["times"]].map(Number);
  if (!Number.isSafeInteger(seed) || !seed)
    throw new Error(`--seed takes no ${values["seed"]}`);
  if (!Number.isSafeInteger(times) || !times)
    throw new Error(`--times takes no ${values["times"]}`);
  // #region run
  const saga = transferInTransit;
  const { schedules, seen, violations } = await threeAtRandom(
    saga,
    seed,
    times,
    (schedules) => progress(`${schedules} schedules`),
  );
  const ends = Object.entries(seen).filter(([it]) => /^ended/.test(it));
  console.log(`${schedules} schedules, from seed ${seed} on`);
  for (const [end, count] of ends) console.log(`  ${count} ${end}`);
  console.log(`${violations.length} violations`);
  if (violations.length) throw new Error(violations[0]);
  // #endregion run
});

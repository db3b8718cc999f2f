import pMap from "p-map";
import { formatCents } from "../support/format-cents.ts";
import { program, progress } from "../support/program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { alicePaysBob } from "./alice-pays-bob.ts";
import { judge } from "./judge.ts";
import { openField } from "./processes/field.ts";
import { decide, storm } from "./weather.ts";

const USAGE = `\
usage: npm run two-banks-soak [-- --seed <number>]
       [--transfers <number>]

Makes 1,000 transfers between two banks, by three workers, all of them
processes that are killed and started again at random. So are requests
lost, held and repeated, and accounts closed and opened. What is parked
is decided. Prints how the transfers ended, and whether all money is
there. Takes some minutes.`;

const options = {
  seed: { type: "string", default: "1" },
  transfers: { type: "string", default: "1000" },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const number = (name: string) => {
    if (/^[1-9]\d{0,5}$/.test(`${values[name]}`))
      return Number(values[name]);
    throw new Error(`--${name} takes a number`);
  };
  const [seed, transfers] = [number("seed"), number("transfers")];
  const field = await openField(temporaryFolder("soak"));
  const calm = new AbortController();
  const weather = storm(field, seed, calm.signal);
  const decisions = decide(field, calm.signal);

  // #region soak
  const patience = {
    tries: 4,
    firstPauseMs: 200,
    longestPauseMs: 2_000,
  };
  const ids = Array.from(Array(transfers), (_, nth) => nth);
  let ended = 0;
  const results = await pMap(
    ids,
    async (nth) => {
      const result = await field.transfer({
        ...alicePaysBob(`t${nth}`, patience),
        source: `alice-${nth % 10}`,
        target: `bob-${(nth * 7) % 10}`,
        amountCents: nth % 50 ? 1_00 : 500_00, // more than anybody has
      });
      progress(`${++ended} of ${transfers} have ended`);
      return result;
    },
    { concurrency: 32 },
  );
  // #endregion soak
  calm.abort();
  await weather;
  const parks = await decisions;
  await field.close();
  const { counts, heldCents, seededCents } = await judge(
    field.stores,
    results,
  );
  for (const [status, count] of Object.entries(counts))
    console.log(`${String(count).padStart(6)} ${status}`);
  console.log(
    `${String(parks).padStart(6)} decisions on what was parked`,
  );
  const [held, seeded] = [heldCents, seededCents].map(formatCents);
  console.log(`${held} of ${seeded} are there`);
  if (held !== seeded) throw new Error("money was made or lost");
});

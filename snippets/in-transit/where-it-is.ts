import { writeFileSync } from "node:fs";
import { formatCents } from "../support/format-cents.ts";
import { program, progress } from "../support/program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { type SumsSeen, sumsSeen } from "./sums-seen.ts";
import { type Way, ways } from "./ways.ts";

const USAGE = `\
usage: npx tsx snippets/in-transit/where-it-is.ts [--report FILE]

Kills a process at each place of a transfer, while another one reads
what all accounts hold together. Takes some 20 seconds.

  --report FILE   write all that was read as JSON`;

const options = { report: { type: "string" } } as const;
await program(USAGE, { options }, async ({ values }) => {
  const folder = temporaryFolder("where-it-is");
  // #region where-it-is
  const found: Record<string, SumsSeen> = {};
  for (const way of Object.keys(ways) as Way[]) {
    const seen = await sumsSeen(folder, way, (kills) =>
      progress(`${way}: ${kills} workers killed`),
    );
    const { kills, readings, least, most } = seen;
    console.log(`${way}`);
    console.log(
      `  ${kills.length} workers killed, ${readings} readings`,
    );
    console.log(
      least === most
        ? `  all accounts held ${formatCents(least)}`
        : `  all accounts held ${formatCents(least)} to ` +
            formatCents(most),
    );
    found[way] = seen;
  }
  // #endregion where-it-is
  if (values["report"])
    writeFileSync(`${values["report"]}`, JSON.stringify(found));
});

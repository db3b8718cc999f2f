import { formatCents } from "../support/format-cents.ts";
import { program, progress } from "../support/program.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { type Found, findShortest } from "./find-shortest.ts";
import { guards, without } from "./guards.ts";

const USAGE = `\
usage: npx tsx snippets/find-out/find-out.ts [GUARD]

Takes a guard away, and finds the shortest schedule that creates money
or loses it; without GUARD, each in turn, and then none. GUARD is one of
${Object.keys(guards).join(", ")}.`;

const args = { allowPositionals: true };
await program(USAGE, args, async ({ positionals: [guard] }) => {
  // #region find-out
  const all = [...Object.keys(guards), undefined];
  let schedules = 0;
  const search = (each?: string) =>
    findShortest(
      without(each),
      () => openLedger(),
      () => progress(`${++schedules} schedules tried`),
    );
  const missing = guard === undefined ? all : [guard];
  const ends = await Promise.all(missing.map(search));
  // #endregion find-out
  for (const [index, { tried, found }] of ends.entries()) {
    const name = missing[index];
    console.log(name ? `Without ${name}:` : "With all guards:");
    if (found) describe(found);
    else console.log(`  nothing found in ${tried} schedules`);
  }
});

function describe({ meeting, deaths, cents }: Found) {
  console.log(`  ${meeting}`);
  for (const [nth, point] of deaths.entries()) {
    const [when, call] = point.split(/:(.*)/);
    console.log(`  Worker ${nth + 1} dies ${when} ${call}.`);
  }
  const amount = formatCents(Math.abs(cents));
  console.log(`  ${amount} ${cents > 0 ? "too much" : "missing"}`);
}

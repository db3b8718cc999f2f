import { guards } from "../crash-lab/guards.ts";
import { sagaIn } from "../crash-lab/saga-in.ts";
import { program, progress } from "../support/program.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { find } from "./find.ts";
import type { Lacks } from "./find-shortest.ts";

const names = Object.keys(guards);
const USAGE = `\
usage: npx tsx snippets/find-out/find-out.ts [GUARD | --saga FILE]

Takes a guard away, and finds the shortest schedule that does harm;
without GUARD, each in turn, and then none. GUARD is one of
${names.join(", ")}.

  --saga FILE   looks at the saga that FILE exports instead`;

const options = { saga: { type: "string" } } as const;
const args = { options, allowPositionals: true };
await program(USAGE, args, async ({ values, positionals: [guard] }) => {
  const { saga } = values;
  if (guard !== undefined && !guards[guard])
    throw new Error(`GUARD is one of ${names.join(", ")}`);
  if (saga) return show(`${saga}`, { own: await sagaIn(`${saga}`) });
  for (const without of guard === undefined ? names : [guard])
    await show(`Without ${guards[without]?.name}`, { without });
  if (guard === undefined) await show("With all guards", {});
});

// #region show
async function show(title: string, lacks: Lacks) {
  const { tried, found } = await find(
    lacks,
    () => openLedger(),
    (tried, known) => progress(`${tried} of ${known} schedules`),
  );
  console.log(`${title}:`);
  const none = [`Nothing found in ${tried} schedules.`];
  for (const sentence of found?.words ?? none)
    console.log(`  ${sentence}`);
}
// #endregion show

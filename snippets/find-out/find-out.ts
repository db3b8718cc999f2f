import { sagaIn } from "../crash-lab/saga-in.ts";
import { program, progress } from "../support/program.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { find } from "./find.ts";
import { type SubjectName, subjects } from "./subjects.ts";

const namesOf = ({ guards }: { guards: object }) =>
  Object.keys(guards).join(", ");
const USAGE = `\
usage: npx tsx snippets/find-out/find-out.ts [--funds | --in-transit |
       --changed | --half | --two-banks] [GUARD | --saga FILE]

Takes a guard away, and finds the shortest schedule that does harm;
without GUARD, each in turn, and then none. GUARD is one of
${namesOf(subjects["one-ledger"])}.

  --funds       of the saga that looks for funds, where GUARD is one of
                ${namesOf(subjects["funds"])}
  --in-transit  of the saga through the account in transit, where GUARD
                is one of ${namesOf(subjects["in-transit"])}
  --changed     of a saga that goes on where one with a limit has begun
  --half        of what undoes a transfer that is half done
  --two-banks   of the saga of two banks, where GUARD is one of
                ${namesOf(subjects["two-banks"])}
  --saga FILE   looks at the saga that FILE exports instead`;

const names = Object.keys(subjects) as SubjectName[];
const flag = { type: "boolean", default: false } as const;
const options = {
  ...Object.fromEntries(names.map((name) => [name, flag])),
  saga: { type: "string" },
} as const;
const args = { options, allowPositionals: true };
await program(USAGE, args, async ({ values, positionals: [guard] }) => {
  const { saga } = values;
  const named = names.filter((name) => values[name]);
  if (named.length > 1)
    throw new Error(`--${named.join(" and --")}: which of them?`);
  const [name = "one-ledger"] = named;
  const { guards } = subjects[name];
  if (guard !== undefined && !guards[guard])
    throw new Error(`GUARD is one of ${namesOf({ guards })}`);

  // #region show
  async function show(title: string, lacks?: string, own?: never) {
    const { tried, found } = await find(
      subjects[name].without(lacks, own),
      () => openLedger(),
      (tried, known) => progress(`${tried} of ${known} schedules`),
    );
    console.log(`${title}:`);
    const none = [`Nothing found in ${tried} schedules.`];
    for (const sentence of found?.words ?? none)
      console.log(`  ${sentence}`);
  }
  // #endregion show
  if (saga)
    return show(`${saga}`, undefined, await sagaIn<never>(`${saga}`));
  const each = guard === undefined ? Object.keys(guards) : [guard];
  for (const lacks of each)
    await show(`Without ${guards[lacks]?.name}`, lacks);
  if (guard === undefined) await show("With all guards");
});

import { formatCents } from "../support/format-cents.ts";
import { program } from "../support/program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { guards } from "./guards.ts";
import { hundredFrom } from "./hundred-from.ts";

const USAGE = `\
usage: npx tsx snippets/one-ledger/hundred.ts [GUARD]

Makes a hundred transfers of 10.00 at once, from an account that holds
250.00: in one process, and in four. The debit lacks GUARD, one of
${Object.keys(guards).join(", ")}, or nothing.`;

/** What alice holds then, in cents. */
const overdrawn: Record<string, number> = {
  check: -750_00,
  "one-statement": -750_00,
};

const args = { allowPositionals: true };
await program(USAGE, args, async ({ positionals: [guard] }) => {
  if (guard !== undefined && !guards[guard])
    throw new Error(`there is no ${guard}: --help tells`);
  const folder = temporaryFolder("hundred");
  for (const processes of [1, 4]) {
    // #region hundred
    const found = await hundredFrom(folder, processes, guard);
    const { committed = 0, refused = 0 } = found.ends;
    const { alice = 0, bob = 0 } = found.held;
    console.log(processes === 1 ? "one process" : "four processes");
    console.log(`  ${committed} committed, ${refused} refused`);
    console.log(`  alice ${formatCents(alice)}`);
    console.log(`  bob ${formatCents(bob)}`);
    // #endregion hundred
    if (alice !== (overdrawn[guard ?? ""] ?? 0))
      throw new Error("alice should hold another sum");
    if (found.heldCents !== found.seededCents)
      throw new Error("money was made or lost");
  }
});

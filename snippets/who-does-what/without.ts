import { formatCents } from "../support/format-cents.ts";
import { program } from "../support/program.ts";
import type { Entry } from "../transfer/ledger.ts";
import type { Ending } from "./play.ts";
import { playBoth } from "./row.ts";
import { rows } from "./rows.ts";

const names = Object.keys(rows);
const USAGE = `\
usage: npx tsx snippets/who-does-what/without.ts WHAT

Makes one transfer as it is, and one without WHAT, and shows both
ledgers. WHAT is one of
${names.join(", ")}.`;

const args = { allowPositionals: true };
await program(USAGE, args, async ({ positionals: [what = ""] }) => {
  const row = rows[what];
  if (!row) throw new Error(`WHAT is one of ${names.join(", ")}`);
  console.log(`${row.happens}\n`);
  const { asItIs, without } = await playBoth(row);

  columns("as it is", "without it");
  const length = Math.max(
    asItIs.entries.length,
    without.entries.length,
  );
  for (let n = 0; n < length; n += 1)
    columns(entry(asItIs.entries[n]), entry(without.entries[n]));
  columns(sum(asItIs), sum(without));
  columns(difference(asItIs), difference(without));
  columns(outcome(asItIs), outcome(without));
  for (const status of new Set([asItIs.status, without.status]))
    if (status.startsWith("failed")) console.log(`\n${status}`);
});

/** Two ledgers beside each other, narrow enough for a phone. */
function columns(left: string, right: string) {
  const line = `${left.padEnd(25)}${right}`.trimEnd();
  if (line) console.log(line);
}

function line(kind: string, account: string, cents: number) {
  const amount = formatCents(cents).padStart(7);
  return `${kind.padEnd(9)}${account.padEnd(6)}${amount}`;
}
function entry(it?: Entry) {
  return it ? line(it.kind, it.account, it.amountCents) : "";
}
function sum({ heldCents }: Ending) {
  return line("all", "", heldCents);
}
function difference({ heldCents, seededCents }: Ending) {
  if (heldCents < seededCents)
    return line("missing", "", seededCents - heldCents);
  if (heldCents > seededCents)
    return line("too much", "", heldCents - seededCents);
  return "";
}
function outcome({ status }: Ending) {
  return `=> ${status.split(":")[0]}`;
}

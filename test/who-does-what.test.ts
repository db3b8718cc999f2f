import { expect, test } from "vitest";
import { withoutLook } from "#snippets/who-does-what/leaves.ts";
import { type Ending, play } from "#snippets/who-does-what/play.ts";
import { playBoth } from "#snippets/who-does-what/row.ts";
import { rows } from "#snippets/who-does-what/rows.ts";
import { inOneStep } from "#snippets/who-does-what/sagas.ts";

/** What is in the ledger, what it lacks or has too much, and what is said. */
function seen({ entries, heldCents, seededCents, status }: Ending) {
  const kinds = entries.map(({ kind }) => kind).join(", ");
  return [kinds, heldCents - seededCents, status];
}
const committed = ["debit, credit", 0, "committed"];
const compensated = ["debit, reversal", 0, "compensated"];

/** Plays a row, and compares what is seen as it is, and without. */
async function expectRow(name: string, asItIs: unknown[], without: unknown[]) {
  const row = rows[name];
  if (!row) throw new Error(`there is no row ${name}`);
  const both = await playBoth(row);
  expect({
    asItIs: seen(both.asItIs),
    without: seen(both.without),
  }).toEqual({ asItIs, without });
}

test("without the record of the run nobody goes on when its worker dies: the credit is lost", () =>
  expectRow("record-of-run", committed, ["debit", -50_00, "no record"]));

test("without another worker a transfer stays pending when its worker dies, and the ledger short", () =>
  expectRow("other-worker", committed, ["debit", -50_00, "pending"]));

test("without a record of each step a rejection is forgotten, and the credit follows the reversal", () =>
  expectRow("record-of-step", compensated, [
    "debit, reversal, credit",
    50_00,
    "committed",
  ]));

test("without retries a ledger that is locked once fails the transfer", () =>
  expectRow("retries", committed, ["", 0, "failed: database is locked"]));

test("a ledger that is passed as an argument arrives without its methods", () =>
  expectRow("dependency", committed, [
    "",
    0,
    "failed: db.prepare is not a function",
  ]));

test("without its yield* the credit is not made, and the run says that it committed", () =>
  expectRow("yield", committed, ["debit", -50_00, "committed"]));

test("when the credit comes first, a debit that is refused leaves money that nobody paid", () => {
  const failed = "failed: there is no account carol";
  return expectRow("order", ["", 0, failed], ["credit", 50_00, failed]);
});

test("without the look for its own id, the debit is reversed although the credit was made", () =>
  expectRow("look", committed, [
    "debit, credit, reversal",
    50_00,
    "compensated",
  ]));

test("with an operation id that is drawn, a debit that is called again is made twice", () =>
  expectRow("same-ids", committed, [
    "debit, debit, credit",
    -50_00,
    "committed",
  ]));

test("without the unique key, a debit that is called again is made twice", () =>
  expectRow("unique-key", committed, [
    "debit, debit, credit",
    -50_00,
    "committed",
  ]));

test("without the catch, a rejected credit leaves the debit standing", () =>
  expectRow("catch", compensated, [
    "debit",
    -50_00,
    "failed: account bob is closed",
  ]));

test("without Never the compensation waits, while the target is asked again", () =>
  expectRow("never", compensated, ["debit", -50_00, "pending"]));

const flawed = Object.entries(rows).flatMap(([name, { without, alter }]) =>
  without && !["yield", "dependency"].includes(name)
    ? [{ name, without, alter }]
    : [],
);
test.for(flawed)(
  "as long as nothing goes wrong, what is without $name makes a transfer like any other",
  async ({ without, alter }) => {
    const { entries, ...ending } = await play(without, {}, alter);
    expect(ending).toMatchObject({ status: "committed", heldCents: 200_00 });
    const kinds = entries.map(({ kind }) => kind).sort(); // one credits first
    expect(kinds).toEqual(["credit", "debit"]);
  },
);

test("a saga in one step compensates, as long as nobody dies", async () => {
  const closed: [boolean, boolean] = [true, true];
  expect(seen(await play(inOneStep, { closed }))).toEqual(compensated);
  expect(seen(await play(withoutLook, { closed }))).toEqual(compensated);
});

import { expect, test } from "vitest";
import { judge } from "../../docs/lab/prediction.ts";
import { record } from "../../docs/pictures/record.ts";

test("of a run it is told which leaf was called again, and what all accounts held when a worker was dead", async () => {
  const judged = async (plan: string, again: string, heldCents: number) =>
    judge((await record(plan)).frames, { again, heldCents });
  const debit = "amount=5000&fault=after:write-debit";
  expect(await judged(debit, "debit", 150_00)).toEqual([
    "Right: the debit is called again.",
    "Right: all accounts hold 150.00 until then.",
  ]);
  expect(await judged(debit, "none", 200_00)).toEqual([
    "You said no leaf: the debit is called again.",
    "You said 200.00: all accounts hold 150.00 until then.",
  ]);
  const reversal = "amount=5000&meets=closed&fault=after:write-reversal";
  expect(await judged(reversal, "reversal", 200_00)).toEqual([
    "Right: the reversal is called again.",
    "Right: all accounts hold 200.00 until then.",
  ]);
  for (const [point, again] of [
    ["before:write-credit", "the credit"], // it was called, and came to nothing
    ["after:begin-credit", "no leaf"],
    ["after:record-debit", "no leaf"],
  ])
    expect(await judged(`amount=5000&fault=${point}`, "debit", 150_00)).toEqual(
      [
        `You said the debit: ${again} is called again.`,
        "Right: all accounts hold 150.00 until then.",
      ],
    );
  const { frames } = await record(debit);
  expect(judge(frames, {})).toEqual([]);
});

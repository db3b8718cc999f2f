import { expect, test } from "vitest";
import { sagaIn } from "#snippets/crash-lab/saga-in.ts";
import { findShortest } from "#snippets/find-out/find-shortest.ts";
import { inWords } from "#snippets/find-out/in-words.ts";
import { exercises } from "../docs/find-out/exercises.ts";
import { openDatabase } from "./support/simulate.ts";

/** What breaks what each exercise begins with. */
const breaks = {
  "credit-first": ["Bob's account is closed.", "50.00 too much."],
  "drawn-id": [
    "Bob's account is open.",
    "Worker 1 writes the debit, and dies before it hears so.",
    "50.00 missing.",
  ],
  "no-look": [
    "Bob's account is open. Worker 2 finds it closed.",
    "Worker 1 writes the credit, and dies before it hears so.",
    "50.00 too much.",
  ],
  "no-never": ["Bob's account is closed.", "50.00 missing."],
  "no-reversal": ["Bob's account is closed.", "50.00 missing."],
  "no-yield": ["Bob's account is open.", "50.00 missing."],
  "one-step": [
    "Bob's account is closed. Worker 2 finds it open.",
    "Worker 1 writes the reversal, and dies before it hears so.",
    "50.00 too much.",
  ],
};

async function find(name: string) {
  const own = await sagaIn(`snippets/exercises/${name}.ts`);
  return findShortest({ own }, openDatabase, () => {});
}

test("each exercise begins with a saga that the search finds a schedule against, and the answer has none", {
  timeout: 120_000,
}, async () => {
  expect(exercises.toSorted()).toEqual(Object.keys(breaks).toSorted());
  const found = await Promise.all(
    exercises.map(async (name) => {
      const { found } = await find(name);
      return [name, found && inWords(found)] as const;
    }),
  );
  expect(Object.fromEntries(found)).toEqual(breaks);
  const answer = await find("answer");
  expect(answer.found).toBeUndefined();
  expect(answer.tried).toBeGreaterThan(500);
});

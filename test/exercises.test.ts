import { expect, test } from "vitest";
import { sagaIn } from "#snippets/crash-lab/saga-in.ts";
import { findShortest } from "#snippets/find-out/find-shortest.ts";
import { inWords } from "#snippets/find-out/in-words.ts";
import { sagaFrom } from "#snippets/find-out/own-saga.ts";
import { type SubjectName, subjects } from "#snippets/find-out/subjects.ts";
import { exercises, startOf } from "../docs/find-out/exercises.ts";
import { openDatabase } from "./support/simulate.ts";

/** What breaks what each exercise begins with. */
const breaks = {
  "any-debit": [
    "Under the same id, 20.00 were debited before.",
    "The account in-transit holds -30.00.",
  ],
  "credit-first": ["Bob's account is closed.", "50.00 too much."],
  "drawn-id": [
    "Bob's account is open.",
    "Worker 1 writes the debit, and dies before it hears so.",
    "50.00 missing.",
  ],
  "lost-answer": [
    "Bob's account is open.",
    "Worker 1 asks to write the debit. It is done, and the answer is lost.",
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
  "reversal-alone": [
    "Bob's account is closed. In the end it is open.",
    "Worker 1 asks to write the credit, and dies. The call comes last.",
    "50.00 too much.",
  ],
  "nothing-to-reverse": ["Alice has too little.", "50.00 too much."],
  "straight-to-bob": ["Bob's account is open.", "50.00 too much."],
  "step-gone": [
    "Bob's account is open.",
    "Worker 1 records the second step, and dies before it hears so.",
    "Bob gets 0.00, and it says committed.",
  ],
  "undo-by-hand": [
    "The transfer is debited, and nobody works on it. Before worker 2 begins, its credit comes late.",
    "Worker 1 records the result, and dies before it hears so.",
    "The account in-transit holds -50.00.",
  ],
  "one-step": [
    "Bob's account is closed. Worker 2 finds it open.",
    "Worker 1 writes the reversal, and dies before it hears so.",
    "50.00 too much.",
  ],
};

/** As the editor has it. */
async function find(saga: never, of: SubjectName = "one-ledger") {
  const subject = subjects[of].without(undefined, saga);
  const { tried, found } = await findShortest(subject, openDatabase, () => {});
  return { tried, words: found && inWords(found, subject.meetings) };
}

test("each exercise begins with a saga that the search finds a schedule against, and the answer has none", {
  timeout: 120_000,
}, async () => {
  const found = await Promise.all(
    Object.entries(exercises).map(async ([name, shown]) => {
      const { words } = await find(sagaFrom(startOf(shown)), shown.of);
      return [name, words] as const;
    }),
  );
  expect(Object.fromEntries(found)).toEqual(breaks);
  const answer = await find(await sagaIn("snippets/exercises/answer.ts"));
  expect(answer.words).toBeUndefined();
  expect(answer.tried).toBeGreaterThan(500);
  for (const [file, of] of [
    ["exercises/one-ledger", "funds"],
    ["exercises/in-transit", "in-transit"],
    ["changing/with-limit", "changed"],
    ["reconcile/pay-back-alone", "half"],
  ] as const) {
    const other = await sagaIn<never>(`snippets/${file}.ts`);
    expect((await find(other, of)).words).toBeUndefined();
  }
});

test("a file that exports more than one function has no saga to look at", async () => {
  const file = "snippets/who-does-what/sagas.ts";
  await expect(sagaIn(file)).rejects.toThrow(
    `${file} is to export one function, the saga`,
  );
});

import { expect, test } from "vitest";
import { frameAt, record } from "../../docs/pictures/record.ts";

test("the drawing that the first page begins with is of a run: the debit is made, and the credit is about to be", async () => {
  const recording = await record("amount=5000");
  const { history, answers, snapshot } = frameAt(recording, "1:write-credit");
  expect(snapshot).toMatchObject({ heldCents: 150_00, seededCents: 200_00 });
  const frame = {
    history: history.map(({ worker, name, fate, answer }) =>
      // Of an answer a drawing needs how much it wrote.
      ({ worker, name, fate, answer: answer && pick(answer) }),
    ),
    answers,
    // The times of a lease are other ones in each run.
    snapshot: { ...snapshot, lease: { holder: snapshot.lease.holder } },
  };
  await expect(`${JSON.stringify(frame, null, 2)}\n`).toMatchFileSnapshot(
    "../outputs/on-its-way.json",
  );
});

function pick(answer: unknown) {
  const { changes } = answer as { changes?: number };
  return changes === undefined ? {} : { changes };
}

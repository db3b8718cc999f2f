import { expect, onTestFinished, test, vi } from "vitest";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { fromLink } from "#snippets/crash-lab/plan.ts";
import { scenario } from "#snippets/crash-matrix/scenario.ts";
import { Session } from "../../docs/lab/session.ts";
import { openDatabase } from "../support/simulate.ts";

test("the drawing that the first page begins with is of a run: the debit is made, and the credit is about to be", async () => {
  const next = () => startInProcess(scenario);
  const plan = fromLink("amount=5000");
  const session = new Session({ openDatabase, next }, plan, 0, () => {});
  onTestFinished(() => session.close());
  await session.reset();
  await session.start(false);
  const isThere = () => session.frame.history.at(-1)?.name === "write-credit";
  await vi.waitUntil(() => {
    if (!isThere()) session.step();
    return isThere();
  });
  const { history, snapshot } = session.frame;
  expect(snapshot).toMatchObject({ heldCents: 150_00, seededCents: 200_00 });
  const frame = {
    history: history.map(({ worker, name, fate, answer }) =>
      // Of an answer a drawing needs how much it wrote.
      ({ worker, name, fate, answer: answer && pick(answer) }),
    ),
    answers: [],
    // The times of a lease are other ones in each run.
    snapshot: { ...snapshot, lease: { holder: snapshot?.lease.holder } },
  };
  await expect(`${JSON.stringify(frame, null, 2)}\n`).toMatchFileSnapshot(
    "../outputs/on-its-way.json",
  );
});

function pick(answer: unknown) {
  const { changes } = answer as { changes?: number };
  return changes === undefined ? {} : { changes };
}

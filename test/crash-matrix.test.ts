import { afterAll, expect, test } from "vitest";
import { entriesOf } from "../snippets/accounts.ts";
import type { Host } from "../snippets/crash-matrix/host.ts";
import { runSchedule } from "../snippets/crash-matrix/schedule.ts";
import { Threads } from "../snippets/crash-matrix/threads.ts";
import type { CrashPoint, Question } from "../snippets/crash-matrix/wire.ts";

const threads = new Threads();
afterAll(() => threads.close());

/** What a question changes, if it is done: an entry, or the state of a promise. */
function effectOf(question: Question) {
  if (question.to === "ledger")
    return question.sql.startsWith("INSERT") ? "write" : "read";
  const { data } = question.request as { data: { action?: { kind: string } } };
  return data.action?.kind ?? question.request.kind;
}

/** The crash landed: what was done before it is there, and nothing else. */
function landedAt(point: CrashPoint) {
  return async (host: Host, [questions = []]: Question[][]) => {
    expect(questions).toHaveLength(point.question);
    const done = questions.slice(0, point.done ? undefined : -1).map(effectOf);
    const count = (effect: string) =>
      done.filter((each) => each === effect).length;
    expect(await entriesOf(host.db, "t1")).toHaveLength(count("write"));
    const states = [...(await host.states()).values()];
    expect(states).toHaveLength(1 + count("promise.create"));
    const settled = states.filter((state) => state !== "pending");
    expect(settled).toHaveLength(count("promise.settle"));
  };
}

test.for(["committed", "compensated"] as const)(
  "a worker killed at any single point of a transfer that is %s changes nothing of how it ends",
  { timeout: 60_000 },
  async (path) => {
    const next = () => threads.next();
    const [whole = []] = await runSchedule(path, [], next);
    expect(whole.length).toBeGreaterThan(7);
    let kills = 0;
    for (const question of whole.keys())
      for (const done of [false, true]) {
        const point = { question: question + 1, done };
        const landed = landedAt(point);
        await runSchedule(path, [point], next, async (...crash) => {
          kills += 1;
          await landed(...crash);
        });
      }
    expect(kills).toBe(2 * whole.length);
  },
);

import pMap from "p-map";
import { expect } from "vitest";
import type { Question, Thread } from "#snippets/crash/wire.ts";
import type { Host } from "#snippets/crash-matrix/host.ts";
import { type Target, targets } from "#snippets/crash-matrix/matrix.ts";
import {
  type CrashPoint,
  pointsOf,
  runSchedule,
} from "#snippets/crash-matrix/schedule.ts";
import { openBank } from "#snippets/support/open-bank.ts";
import { entriesOf } from "#snippets/transfer/accounts.ts";

/** What a question changes, if it is done: an entry, or the state of a promise. */
function effectOf(question: Question, isClosed: boolean) {
  if (question.to === "ledger") {
    const isRefused = isClosed && question.values.includes("credit");
    const writes = question.sql.startsWith("INSERT") && !isRefused;
    return writes ? "write" : "read";
  }
  const { data } = question.request as { data: { action?: { kind: string } } };
  return data.action?.kind ?? question.request.kind;
}

/** The crash landed: what was done before it is there, and nothing else. */
function landedAt(point: CrashPoint) {
  return async (host: Host, [questions = []]: Question[][]) => {
    expect(questions).toHaveLength(point.question + 1);
    const wasDone = point.fate === "unheard" ? undefined : -1;
    const closed = await host.db.prepare("SELECT * FROM closed").all();
    const done = questions
      .slice(0, wasDone)
      .map((each) => effectOf(each, closed.length > 0));
    const count = (effect: string) =>
      done.filter((each) => each === effect).length;
    expect(await entriesOf(host.db, "t1")).toHaveLength(count("write"));
    const states = [...(await host.states()).values()];
    expect(states).toHaveLength(1 + count("promise.create"));
    const settled = states.filter((state) => state !== "pending");
    expect(settled).toHaveLength(count("promise.settle"));
  };
}

/**
 * Kills a worker at each point of a transfer, has a successor finish it, and
 * says how each ended.
 */
export async function endsOf(
  target: Target,
  first: () => Thread,
  successor = first,
) {
  const minds = targets[target];
  const whole = await runSchedule({ openBank, next: first }, minds, []);
  const points = pointsOf(whole.asked[0] ?? []);
  let kills = 0;
  const ends = await pMap(
    points,
    async (point) => {
      const landed = landedAt(point);
      let workers = 0;
      const next = () => (workers++ === 0 ? first() : successor());
      const place = { openBank, next };
      const { end } = await runSchedule(place, minds, [point], (...crash) => {
        kills += 1;
        return landed(...crash);
      });
      return end;
    },
    { concurrency: 3 },
  );
  expect(kills).toBe(points.length);
  return ends;
}

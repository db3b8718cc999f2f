import { randomUUID } from "node:crypto";
import fc from "fast-check";
import pMap from "p-map";
import { afterAll, expect, inject, onTestFinished, test } from "vitest";
import { audit, entriesOf } from "../snippets/accounts.ts";
import {
  disorder,
  kinds,
  runDisorder,
} from "../snippets/crash-matrix/disorder.ts";
import type { Host } from "../snippets/crash-matrix/host.ts";
import { type Target, targets } from "../snippets/crash-matrix/matrix.ts";
import { askForTransfer } from "../snippets/crash-matrix/one-transfer.ts";
import { outlast } from "../snippets/crash-matrix/outlast.ts";
import {
  type CrashPoint,
  pointsOf,
  runSchedule,
} from "../snippets/crash-matrix/schedule.ts";
import { Threads } from "../snippets/crash-matrix/threads.ts";
import type { Question } from "../snippets/crash-matrix/wire.ts";
import { startDevServer } from "../snippets/dev-server.ts";

const threads = new Threads();
const next = () => threads.next();
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
    expect(questions).toHaveLength(point.question + 1);
    const wasDone = point.fate === "unheard" ? undefined : -1;
    const done = questions.slice(0, wasDone).map(effectOf);
    const count = (effect: string) =>
      done.filter((each) => each === effect).length;
    expect(await entriesOf(host.db, "t1")).toHaveLength(count("write"));
    const states = [...(await host.states()).values()];
    expect(states).toHaveLength(1 + count("promise.create"));
    const settled = states.filter((state) => state !== "pending");
    expect(settled).toHaveLength(count("promise.settle"));
  };
}

/** Kills a worker at each point of a transfer, and says how each ended. */
async function endsOf(target: Target) {
  const minds = targets[target];
  const whole = await runSchedule(minds, [], next);
  const points = pointsOf(whole.asked[0] ?? []);
  let kills = 0;
  const ends = await pMap(
    points,
    async (point) => {
      const landed = landedAt(point);
      const { end } = await runSchedule(minds, [point], next, (...crash) => {
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

test.for([
  ["accepts", "committed", 16],
  ["rejects", "compensated", 22],
] as const)(
  "a worker killed at any single point of a transfer that the target %s changes nothing of how it ends",
  { timeout: 120_000 },
  async ([target, end, points]) => {
    expect(await endsOf(target)).toEqual(Array(points).fill(end));
  },
);

test.for([
  ["accepts, then rejects", "compensated", "committed"],
  ["rejects, then accepts", "committed", "compensated"],
] as const)(
  "killed at any single point while the target %s, a transfer ends one way up to the point at which it is decided, and the other way from there on",
  { timeout: 120_000 },
  async ([target, before, after]) => {
    const ends = await endsOf(target);
    const decided = ends.indexOf(after);
    expect(decided).toBeGreaterThan(0);
    expect(ends.slice(0, decided)).toEqual(Array(decided).fill(before));
    const rest = ends.length - decided;
    expect(ends.slice(decided)).toEqual(Array(rest).fill(after));
  },
);

test("late and repeated messages, deaths, and two workers at once change nothing of how a transfer ends", async () => {
  const happened = new Set<string>();
  const property = fc.asyncProperty(disorder, (each) =>
    runDisorder(each, (what) => happened.add(what)),
  );
  await fc.assert(property, { seed: 1, numRuns: 100 });
  expect([...happened].sort()).toEqual([...kinds].sort());
});

test("a step that outlasts its lease is called again if it was begun by run or in memory, and not if by rpc on a server", async () => {
  const { url, stop } = await startDevServer();
  onTestFinished(stop);
  const entries = ["debit", "credit"];
  for (const server of [url, inject("realServer")].filter(Boolean)) {
    const id = randomUUID();
    const found = await Promise.all([
      outlast("run", `${id}-run`, server),
      outlast("rpc", `${id}-rpc`, server),
      outlast("rpc", `${id}-in-memory`),
    ]);
    expect(found).toEqual([
      { calls: 2, entries },
      { calls: 1, entries },
      { calls: 2, entries },
    ]);
  }
});

test("a credit that is late, and arrives when another worker was told that the target rejects, creates money", async () => {
  const { host, end, close } = await askForTransfer();
  let late: Question | undefined;
  await host.work(next(), end, (question) => {
    if (question.to === "server" || !question.values.includes("t1-credit"))
      return "answered";
    late = question;
    return "never came";
  });
  expect(late).toMatchObject({ sql: expect.stringContaining("INSERT") });
  await host.passLease();
  const second = next();
  second.tell({ targetRejects: true });
  await host.work(second, end, () => "answered");
  expect(await end).toMatchObject({ status: "compensated" });
  expect(await audit(host.db)).toEqual({
    seededCents: 200_00,
    heldCents: 200_00,
  });

  if (late) await host.do(late);
  expect(await audit(host.db)).toEqual({
    seededCents: 200_00,
    heldCents: 250_00,
  });
  await close();
});

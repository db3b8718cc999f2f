import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, expect, inject, onTestFinished, test } from "vitest";
import { audit } from "../snippets/accounts.ts";
import {
  disorder,
  kinds,
  runDisorder,
} from "../snippets/crash-matrix/disorder.ts";
import { askForTransfer } from "../snippets/crash-matrix/one-transfer.ts";
import { outlast } from "../snippets/crash-matrix/outlast.ts";
import { Threads } from "../snippets/crash-matrix/threads.ts";
import type { Question } from "../snippets/crash-matrix/wire.ts";
import { startDevServer } from "../snippets/dev-server.ts";
import { endsOf } from "./kill.ts";

const threads = new Threads();
const next = () => threads.next();
afterAll(() => threads.close());

test.for([
  ["accepts", "committed", 16],
  ["rejects", "compensated", 22],
] as const)(
  "a worker killed at any single point of a transfer that the target %s changes nothing of how it ends",
  { timeout: 120_000 },
  async ([target, end, points]) => {
    expect(await endsOf(target, next)).toEqual(Array(points).fill(end));
  },
);

test.for([
  ["accepts, then rejects", "compensated", "committed"],
  ["rejects, then accepts", "committed", "compensated"],
] as const)(
  "killed at any single point while the target %s, a transfer ends one way up to the point at which it is decided, and the other way from there on",
  { timeout: 120_000 },
  async ([target, before, after]) => {
    const ends = await endsOf(target, next);
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

import type { Database } from "better-sqlite3";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { startThread } from "#snippets/crash/start-thread.ts";
import { Threads } from "#snippets/crash/threads.ts";
import type { Question } from "#snippets/crash/wire.ts";
import { startClient } from "#snippets/crash-matrix/client.ts";
import {
  disorder,
  kinds,
  runDisorder,
} from "#snippets/crash-matrix/disorder.ts";
import type { Host } from "#snippets/crash-matrix/host.ts";
import { die, nameOf, type Target } from "#snippets/crash-matrix/matrix.ts";
import { askForTransfer } from "#snippets/crash-matrix/one-transfer.ts";
import {
  type CrashPoint,
  pointsOf,
  runSchedule,
} from "#snippets/crash-matrix/schedule.ts";
import { closeBob } from "#snippets/support/bank.ts";
import { openBank } from "#snippets/support/open-bank.ts";
import { audit } from "#snippets/transfer/accounts.ts";
import { endsOf } from "../support/kill.ts";

const threads = new Threads(startThread);
const next = () => threads.next();
afterAll(() => threads.close());
/** With workers that have no thread: they start at once. */
const here = { openBank, next: startClient };

test.for([
  ["accepts", "committed", 16],
  ["rejects", "compensated", 24],
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

test("a transfer that ends as none may is seen: a row too many, a sum that changed, a step that is pending", async () => {
  const flaws = {
    "it committed, and the ledger has debit, credit, reversal": (
      db: Database,
    ) =>
      db.exec(`INSERT INTO entries
        VALUES ('x', 't1', 'bob', -5000, 'reversal')`),
    "20000 cents are now 20001": (db: Database) =>
      db.exec("INSERT INTO entries VALUES ('x', 't2', 'bob', 1, 'credit')"),
    "it committed, and a step is still pending": async (
      _: Database,
      host: Host,
    ) => {
      const data = {
        id: "t1:9",
        timeoutAt: Date.now() + 9999,
        param: {},
        tags: {},
      };
      const head = { corrId: "x", version: "" };
      const kind = "promise.create" as const;
      await host.do({ to: "server", request: { kind, head, data } });
    },
  };
  for (const [message, flaw] of Object.entries(flaws)) {
    const { host, end, check, close } = await askForTransfer(openBank);
    await host.work(startClient(), end, () => "answered");
    expect(await check()).toBe("committed");
    await flaw(host.db as Database, host);
    await expect(check()).rejects.toThrow(message);
    await close();
  }
});

test("of each death it is said what was asked, what it left, how it ended, and how the pairs did", {
  timeout: 30_000,
}, async () => {
  let kills = 0;
  const dieAt = (target: Target, question: number, fate: CrashPoint["fate"]) =>
    die(here, target, { question, fate }, () => {
      kills += 1;
    });
  const written = await dieAt("accepts", 5, "unheard");
  expect(written).toEqual({
    target: "accepts",
    question: "write the credit",
    fate: "unheard",
    entries: ["debit", "credit"],
    steps: ["resolved", "pending"],
    end: "committed",
    pairs: { committed: 10 },
  });
  expect(kills).toBe(1 + 2 * 10);
  const first = [0, "never came"] as const;
  expect((await dieAt("rejects", ...first)).end).toBe("compensated");
  expect((await dieAt("rejects", 11, "unheard")).end).toBe("compensated");
  expect((await dieAt("accepts, then rejects", ...first)).end).toBe(
    "compensated",
  );
  const decided = await dieAt("accepts, then rejects", 5, "unheard");
  expect(decided).toMatchObject({ question: "write the credit" });
  expect(decided.end).toBe("committed");
  const names = [];
  for (let question = 0; question < 12; question += 1) {
    const death = await dieAt("rejects, then accepts", question, "never came");
    names.push(`${death.question} => ${death.end}`);
  }
  expect(names).toEqual([
    "take the transfer => committed",
    "begin step 0 => committed",
    "write the debit => committed",
    "record step 0 => committed",
    "begin step 1 => committed",
    "write the credit => committed",
    "look for the credit => committed",
    "record step 1 => committed",
    "begin step 2 => compensated",
    "write the reversal => compensated",
    "record step 2 => compensated",
    "record the result => compensated",
  ]);
});

test("a transfer that nobody delays ends before its worker has a heartbeat to send", async () => {
  for (const rejects of [false, true]) {
    const { asked } = await runSchedule(here, [rejects, rejects], []);
    const kinds = asked
      .flat()
      .map((it) => it.to === "server" && it.request.kind);
    expect(kinds).toContain("task.fulfill");
    expect(kinds).not.toContain("task.heartbeat");
  }
});

test("of each question there are two points: it never came, or it is unheard", () => {
  const look: Question = {
    to: "ledger",
    method: "get",
    sql: "SELECT 1",
    values: [],
  };
  expect(pointsOf([look, look])).toEqual([
    { question: 0, fate: "never came" },
    { question: 0, fate: "unheard" },
    { question: 1, fate: "never came" },
    { question: 1, fate: "unheard" },
  ]);
});

test("a point that is not reached is an error, and does not count as a death", async () => {
  const beyond = { question: 99, fate: "unheard" } as const;
  const schedule = runSchedule(here, [false, false], [beyond]);
  await expect(schedule).rejects.toThrow(
    `a point was not reached: ${JSON.stringify([beyond])}`,
  );
});

test("late and repeated messages, deaths, and two workers at once change nothing of how a transfer ends", {
  timeout: 30_000,
}, async () => {
  const happened = new Set<string>();
  const property = fc.asyncProperty(disorder, (each) =>
    runDisorder(each, (what) => happened.add(what)),
  );
  await fc.assert(property, { seed: 1, numRuns: 100 });
  expect([...happened].sort()).toEqual([...kinds].sort());
});

test("what a worker says of its step after another has the transfer is refused", async () => {
  const { host, end, check, close } = await askForTransfer(openBank);
  const late: Question[] = [];
  const record = (question: Question) =>
    nameOf(question) === "record step 0" && late.push(question) === 1;
  await host.work(startClient(), end, (question) =>
    record(question) ? "never came" : "answered",
  );
  await host.passLease();
  await host.work(startClient(), end, async (question) => {
    if (nameOf(question) === "begin step 1")
      for (const each of late)
        expect(await host.do(each)).toMatchObject({
          value: { head: { status: 409 } },
        });
    return "answered" as const;
  });
  expect(late).toHaveLength(1);
  expect(await check()).toBe("committed");
  await close();
});

test("a credit that was held, and comes when the account that refused it is open again, creates money", async () => {
  const { host, end, close } = await askForTransfer(openBank);
  let late: Question | undefined;
  await host.work(next(), end, (question) => {
    if (question.to === "server" || !question.values.includes("t1-credit"))
      return "answered";
    late = question;
    return "never came";
  });
  expect(late).toMatchObject({ sql: expect.stringContaining("INSERT") });
  await host.passLease();
  await closeBob(host.db, true);
  await host.work(next(), end, () => "answered");
  expect(await end).toMatchObject({ status: "compensated" });
  expect(await audit(host.db)).toEqual({
    seededCents: 200_00,
    heldCents: 200_00,
  });

  if (late) await host.do(late); // as long as it is closed
  expect(await audit(host.db)).toMatchObject({ heldCents: 200_00 });
  await closeBob(host.db, false);
  if (late) await host.do(late);
  expect(await audit(host.db)).toMatchObject({ heldCents: 250_00 });
  await close();
});

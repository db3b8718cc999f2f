import type { Database } from "better-sqlite3";
import fc from "fast-check";
import { afterAll, expect, onTestFinished, test } from "vitest";
import {
  type CrashPoint,
  fateAt,
  pointsOf,
} from "#snippets/crash/crash-point.ts";
import { crashAt } from "#snippets/crash/every-point.ts";
import { faultsOn, kinds, runFaults } from "#snippets/crash/faults.ts";
import { nameCalls } from "#snippets/crash/history.ts";
import { Simulation } from "#snippets/crash/simulation.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { startThread } from "#snippets/crash/start-thread.ts";
import { Threads } from "#snippets/crash/threads.ts";
import type { Call } from "#snippets/crash/wire.ts";
import { scenario } from "#snippets/crash-matrix/scenario.ts";
import type { TransferWorld } from "#snippets/crash-matrix/transfer-world.ts";
import { closeBob } from "#snippets/support/bank.ts";
import { audit } from "#snippets/transfer/accounts.ts";
import { endsOf } from "../support/kill.ts";
import { begin, here, openDatabase, schedule } from "../support/simulate.ts";

const file = new URL(
  "../../snippets/crash-matrix/scenario.ts",
  import.meta.url,
);
const threads = new Threads(() => startThread(file));
const next = () => threads.next();
afterAll(() => threads.close());

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
  "left at any single point while the target %s, a transfer ends one way up to the point at which it is decided, and the other way from there on",
  { timeout: 120_000 },
  async ([target, before, after]) => {
    const ends = await endsOf(target, here().next);
    const decided = ends.indexOf(after);
    expect(decided).toBeGreaterThan(0);
    expect(ends.slice(0, decided)).toEqual(Array(decided).fill(before));
    const rest = ends.length - decided;
    expect(ends.slice(decided)).toEqual(Array(rest).fill(after));
  },
);

test("a transfer that ends as none may is seen: a row too many, a sum that changed, a step that is pending", async () => {
  type Run = Simulation<TransferWorld>;
  const sql = (text: string) => (run: Run) =>
    (run.world.db as unknown as Database).exec(text);
  const flaws = {
    "it committed, and the ledger has debit, credit, reversal": sql(
      "INSERT INTO entries VALUES ('x', 't1', 'bob', -5000, 'reversal')",
    ),
    "20000 cents are now 20001": sql(
      "INSERT INTO entries VALUES ('x', 't2', 'bob', 1, 'credit')",
    ),
    "it committed, and a step is still pending": async (run: Run) => {
      const timeoutAt = Date.now() + 9999;
      const data = { id: "t1:9", timeoutAt, param: {}, tags: {} };
      const head = { corrId: "x", version: "" };
      await run.server.send({ kind: "promise.create", head, data });
    },
  };
  for (const [message, flaw] of Object.entries(flaws)) {
    const run = await begin();
    await run.work(startInProcess(scenario), () => "answered");
    expect(await run.check()).toBe("committed");
    await flaw(run);
    await expect(run.check()).rejects.toThrow(message);
  }
});

test("of each death it is said where it was, what it left, how it ended, and how the pairs did", {
  timeout: 30_000,
}, async () => {
  let kills = 0;
  const dieAt = (path: string, point: CrashPoint) =>
    crashAt(scenario, path, point, here(), () => {
      kills += 1;
    });
  expect(await dieAt("accepts", "after:write-credit")).toEqual({
    path: "accepts",
    point: "after:write-credit",
    written: ["debit", "credit"],
    steps: ["resolved", "pending"],
    end: "committed",
    pairs: { committed: 10 },
  });
  expect(kills).toBe(1 + 2 * 10);
  const end = async (path: string, point: CrashPoint) =>
    (await dieAt(path, point)).end;
  expect(await end("rejects", "before:take-run")).toBe("compensated");
  expect(await end("rejects", "after:record-result")).toBe("compensated");
  const accepts = "accepts, then rejects";
  expect(await end(accepts, "before:take-run")).toBe("compensated");
  expect(await end(accepts, "before:write-credit")).toBe("compensated");
  expect(await end(accepts, "after:write-credit")).toBe("committed");
  const rejects = "rejects, then accepts";
  expect(await end(rejects, "after:read-credit")).toBe("committed");
  expect(await end(rejects, "before:record-credit")).toBe("committed");
  expect(await end(rejects, "after:record-credit")).toBe("compensated");
});

test("a transfer that nobody delays ends before its worker has a heartbeat to send", async () => {
  for (const path of ["accepts", "rejects"]) {
    const run = await begin(path);
    const kinds: string[] = [];
    const worker = startInProcess(scenario);
    const watched: typeof worker = {
      ...worker,
      onCall: (hear) =>
        worker.onCall((asked) => {
          const [request] = asked.call.args as [{ kind?: string }];
          kinds.push(request.kind ?? "");
          hear(asked);
        }),
    };
    await run.work(watched, () => "answered");
    expect(kinds).toContain("task.fulfill");
    expect(kinds).not.toContain("task.heartbeat");
  }
});

test("of each call there are two crash points: before it is done, and after", () => {
  const points = pointsOf([{ name: "read" }, { name: "read#2" }]);
  expect(points).toEqual([
    "before:read",
    "after:read",
    "before:read#2",
    "after:read#2",
  ]);
  expect(fateAt("before:read", "read")).toBe("before");
  expect(fateAt("after:read", "read")).toBe("after");
  expect(fateAt("after:read", "read#2")).toBe("answered");
  expect(fateAt(undefined, "read")).toBe("answered");
});

test("a call that one worker repeats has a number, and a call that is added in front changes no other's name", () => {
  const call = (method: string, step: string): Call => ({
    to: "ledger",
    method,
    args: ["", step],
  });
  const nameOf = nameCalls(["debit", "credit"]);
  const calls = [call("run", "debit"), call("get", "credit")];
  expect([...calls, ...calls].map(nameOf)).toEqual([
    "write-debit",
    "read-credit",
    "write-debit#2",
    "read-credit#2",
  ]);
  const again = nameCalls(["debit", "credit"]);
  expect([call("get", "debit"), ...calls].map(again)).toEqual([
    "read-debit",
    "write-debit",
    "read-credit",
  ]);
});

test("a point that is not reached is an error, and does not count as a death", async () => {
  let deaths = 0;
  const crash = (point: CrashPoint) =>
    crashAt(scenario, "accepts", point, here(), () => {
      deaths += 1;
    });
  await expect(crash("after:write-reversal")).rejects.toThrow(
    /^accepts, after:write-reversal: no worker gets to after:write-reversal; there is before:take-run, after:take-run, .*, after:record-result$/,
  );
  expect(deaths).toBe(0);
  await expect(
    schedule("accepts", "after:write-debit", "before:write-debit#2"),
  ).rejects.toThrow("no worker gets to before:write-debit#2");
});

test("late and repeated messages, deaths, and two workers at once change nothing of how a transfer ends", {
  timeout: 60_000,
}, async () => {
  const seen = new Set<string>();
  const property = fc.asyncProperty(faultsOn(scenario.paths), (each) =>
    runFaults(scenario, each, openDatabase, (what) => seen.add(what)),
  );
  await fc.assert(property, { seed: 1, numRuns: 100 });
  const ended = ["ended committed", "ended compensated"];
  expect([...seen].sort()).toEqual([...kinds, ...ended].sort());
});

test("what a worker says of its step after another has the transfer is refused", async () => {
  const run = await begin();
  await run.work(startInProcess(scenario), ({ name }) =>
    fateAt("before:record-debit", name),
  );
  const late = run.history.at(-1)?.call as Call;
  await run.server.passLease();
  const refused: unknown[] = [];
  await run.work(startInProcess(scenario), async ({ name }) => {
    if (name === "begin-credit") refused.push(await run.do(late));
    return "answered" as const;
  });
  expect(refused).toMatchObject([{ value: { head: { status: 409 } } }]);
  expect(await run.check()).toBe("committed");
});

test("a credit that was held, and comes when the account that refused it is open again, creates money", async () => {
  const path = { ends: ["compensated"] };
  const run = await Simulation.begin(scenario, path, openDatabase);
  onTestFinished(() => run.close());
  const { db } = run.world;
  await run.work(next(), ({ name }) => fateAt("before:write-credit", name));
  const late = run.history.at(-1) as { name: string; call: Call };
  expect(late.name).toBe("write-credit");
  await run.server.passLease();
  await closeBob(db, true);
  await run.work(next(), () => "answered");
  expect(await run.check()).toBe("compensated");

  await run.do(late.call); // as long as it is closed
  expect(await audit(db)).toMatchObject({ heldCents: 200_00 });
  await closeBob(db, false);
  await run.do(late.call);
  expect(await audit(db)).toMatchObject({ heldCents: 250_00 });
});

import { expect, onTestFinished, test, vi } from "vitest";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { fromLink } from "#snippets/crash-lab/plan.ts";
import { scenario } from "#snippets/crash-matrix/scenario.ts";
import { Session } from "../../docs/lab/session.ts";
import { openDatabase } from "../support/simulate.ts";

const prepare = async () => {};

/** A session, ready, and what its reader waits for. */
async function openSession(link = "amount=5000", pace = 0) {
  const next = () => startInProcess(scenario);
  const place = { openDatabase, next, prepare };
  const shown: string[] = [];
  const session: Session = new Session(place, fromLink(link), pace, () =>
    shown.push(session.problem),
  );
  onTestFinished(() => session.close());
  await session.reset();
  const reach = (phase: Session["phase"]) =>
    vi.waitFor(() => expect(session.phase).toBe(phase));
  /** The next call, and its name. */
  async function step() {
    const { length } = session.history;
    session.step();
    await vi.waitFor(() =>
      expect(session.history.length).toBeGreaterThan(length),
    );
    return session.history.at(-1)?.name;
  }
  const kinds = () => session.snapshot?.entries.map(({ kind }) => kind);
  return { session, shown, reach, step, kinds };
}

test("a session that was only made shows nothing, and does nothing when it is told to go on", () => {
  const next = () => startInProcess(scenario);
  const plan = fromLink("amount=1");
  const session = new Session(
    { openDatabase, next, prepare },
    plan,
    0,
    () => {},
  );
  expect(session.problem).toBe("");
  session.step();
  expect(session).toMatchObject({
    phase: "ready",
    isRunning: false,
    problem: "",
    history: [],
    answers: [],
    calls: [],
    points: [],
  });
});

test("before anything was ordered the accounts and all crash points are shown", async () => {
  const { session, shown } = await openSession();
  expect(session.phase).toBe("ready");
  expect(shown).toEqual([""]);
  expect(session.snapshot).toMatchObject({ entries: [], heldCents: 200_00 });
  expect(session.points).toHaveLength(4 * 8);
  await session.change({ meets: "closed" });
  expect(session.points).toHaveLength(4 * 12);
  expect(session.link).toBe("amount=5000&meets=closed");
});

test("a session that runs goes on by itself to the points that were planned, and, when the wait was skipped, to the end", async () => {
  const link = "amount=5000&fault=after:write-debit&fault=before:record-debit";
  const { session, reach, kinds } = await openSession(link);
  expect(session.planned).toBe("after:write-debit");
  expect(session.calls.map(({ name }) => name).slice(0, 3)).toEqual([
    "take-run",
    "begin-debit",
    "write-debit",
  ]);
  await session.start(true);
  await reach("waiting");
  expect(session.stops).toBe(1);
  await vi.waitFor(() => expect(kinds()).toEqual(["debit"]));
  expect(session.planned).toBe("before:record-debit");
  await vi.waitFor(() => expect(session.calls[1]?.name).toBe("write-debit"));
  await session.lab?.skipWait();
  await vi.waitFor(() => expect(session.stops).toBe(2));
  await session.lab?.skipWait();
  await reach("ended");
  expect(session.answers).toMatchObject([{ status: "committed" }]);
  await vi.waitFor(() => expect(kinds()).toEqual(["debit", "credit"]));
  expect(session.link).toBe(link);
});

test("step by step, nothing is done before the reader says so, and a crash where the worker is goes into the link", async () => {
  const { session, reach, step, kinds } = await openSession();
  await session.start(false);
  await vi.waitFor(() => expect(session.history).toHaveLength(1));
  const { lab } = session;
  await session.start(false); // it has begun
  expect(session.lab).toBe(lab);
  expect(await step()).toBe("begin-debit");
  expect(await step()).toBe("write-debit");
  await new Promise((resolve) => setTimeout(resolve, 50)); // nobody goes on
  expect(session.history).toHaveLength(3);
  expect(kinds()).toEqual([]);
  await session.stop("after");
  await reach("waiting");
  await session.stop("after"); // the dead do not die again
  expect(session.stops).toBe(1);
  expect(session.link).toBe("amount=5000&fault=after:write-debit");
  await session.planStop("before:write-credit");
  expect(session.link).toContain("&fault=before:write-credit");
  await session.planStop();
  expect(session.link).toBe("amount=5000&fault=after:write-debit");
  await session.lab?.skipWait();
  await session.run(true);
  await reach("ended");
});

test("a point that was planned and not reached is no part of the link when the transfer has ended", async () => {
  const { session, reach } = await openSession();
  await session.planStop("before:write-credit");
  await session.start(false);
  await session.change({ faults: [] });
  await session.run(true);
  await reach("ended");
  await session.change({ faults: ["before:write-credit"] });
  expect(session.link).toBe("amount=5000");
});

test("starting over ends the worker and is back at the order, without the deaths since", async () => {
  const { session, reach } = await openSession(
    "amount=1234&fault=before:write-credit",
  );
  await session.start(true);
  await reach("waiting");
  await session.planStop("after:write-credit");
  await session.reset();
  expect(session.phase).toBe("ready");
  expect(session.link).toBe("amount=1234&fault=before:write-credit");
  expect(session.snapshot?.entries).toEqual([]);
  await session.change({ amountCents: 1 });
  await session.reset(); // nothing was ordered: the change stays
  expect(session.plan.amountCents).toBe(1);
});

test("a link is followed if it has a plan that can be carried out, and leaves the session as it is if not", async () => {
  const { session, shown, reach } = await openSession();
  await session.start(true);
  await reach("ended");
  for (const link of ["#try-it", `#${session.link}`]) {
    await session.follow(link);
    expect(session.phase).toBe("ended");
    expect(session.problem).toBe("");
  }
  for (const [link, problem] of [
    ["#amount=x", "amount must be cents, up to 20000"],
    ["#amount=1&fault=after:write-reversal", "a worker does not get to where"],
  ] as const) {
    await session.follow(link);
    expect(session.phase).toBe("ended");
    expect(session.problem).toContain(`The link does not work: ${problem}`);
    expect(shown.at(-1)).toBe(session.problem);
  }
  await session.follow("#amount=1&meets=closed");
  expect(session.phase).toBe("ready");
  expect(session.problem).toBe("");
  expect(session.plan).toEqual({
    amountCents: 1,
    meets: "closed",
    faults: [],
  });
});

test("an order that is none is said so, and nothing begins", async () => {
  const { session } = await openSession();
  session.plan = { ...session.plan, amountCents: 0.5 };
  await session.start(true).catch(() => {});
  expect(session.phase).toBe("ready");
  expect(session.problem).toBe("amountCents must be a positive integer");
});

test("while no worker lives time passes, and the next worker comes by itself", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const { session, reach } = await openSession(
    "amount=5000&fault=after:write-debit",
  );
  await session.start(true);
  await reach("waiting");
  const { until = 0 } = session.snapshot?.lease ?? {};
  expect(until).toBeGreaterThan(Date.now() + 30_000);
  vi.setSystemTime(until);
  await vi.waitFor(() => expect(session.phase).toBe("ended"), {
    timeout: 5_000,
  });
});

test("what is done next takes back what was said of a problem", async () => {
  const { session } = await openSession();
  for (const next of [
    () => session.change({ amountCents: 2 }),
    () => session.start(false),
    () => session.step(),
  ]) {
    await session.follow("#amount=x");
    expect(session.problem).not.toBe("");
    await next();
    expect(session.problem).toBe("");
  }
});

test("while a worker waits for its reader no time passes, however late it is", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const { session, step } = await openSession();
  await session.start(false);
  await step();
  const { length } = session.history;
  vi.setSystemTime(Date.now() + 3_600_000);
  await new Promise((resolve) => setTimeout(resolve, 1_100)); // a tick is 1,000
  expect(session.history).toHaveLength(length);
  expect(session.snapshot?.lease.holder).toBe(1);
});

test("a reader can go back to what was, step by step, and forth again to what is", async () => {
  const { session, step } = await openSession();
  await session.start(false);
  await vi.waitFor(() => expect(session.frames).toHaveLength(1));
  for (const name of ["begin-debit", "write-debit", "record-debit"])
    expect(await step()).toBe(name);
  await vi.waitFor(() => expect(session.frames).toHaveLength(4));
  const now = () => session.frame.history.at(-1)?.name;
  const kinds = () => session.frame.snapshot?.entries.map(({ kind }) => kind);
  expect([now(), kinds()]).toEqual(["record-debit", ["debit"]]);
  await session.back();
  expect([now(), kinds()]).toEqual(["write-debit", []]);
  for (const _ of "abc") await session.back(); // no further than the first
  expect([now(), session.lookedAt]).toEqual(["take-run", 0]);
  session.step();
  expect([now(), session.lookedAt]).toEqual(["begin-debit", 1]);
  expect(session.history).toHaveLength(4); // nothing was done by that
  await session.catchUp();
  expect([now(), session.lookedAt]).toEqual(["record-debit", undefined]);
  expect(await step()).toBe("begin-credit");
});

test("a session that is hurried is at its first death at once, and goes on without a wait", async () => {
  const link = "amount=5000&fault=before:write-credit";
  const { session, reach, kinds } = await openSession(link, 10_000);
  await session.hurry();
  await reach("waiting");
  expect(session.stops).toBe(1);
  session.pace = 0;
  await vi.waitFor(() => expect(session.phase).toBe("ended"), 10_000);
  await vi.waitFor(() => expect(kinds()).toEqual(["debit", "credit"]));
  await session.reset();
  expect(session.isHurried).toBe(false);
});

test("from what was, a reader goes another way: all is played anew up to there, and a worker stops there instead", async () => {
  const { session, reach, step } = await openSession("amount=5000");
  await session.start(false);
  await vi.waitFor(() => expect(session.history).toHaveLength(1));
  expect(await step()).toBe("begin-debit");
  expect(await step()).toBe("write-debit");
  await session.stop("after");
  await reach("waiting");
  await session.lab?.skipWait();
  await vi.waitFor(() => expect(session.history.at(-1)?.worker).toBe(2));
  await session.run(true);
  await reach("ended");
  const at = session.frames.findIndex(({ history }) => {
    const { worker, name, fate } = history.at(-1) ?? {};
    return worker === 2 && name === "record-debit" && !fate;
  });
  while ((session.lookedAt ?? session.frames.length) > at) await session.back();
  await session.stop("frozen");
  await vi.waitFor(() => expect(session.stops).toBe(2));
  expect(session.link).toBe(
    "amount=5000&fault=after:write-debit&fault=frozen:record-debit",
  );
  expect(session.lookedAt).toBeUndefined();
  await session.lab?.skipWait();
  await reach("left");
  const resumed = session.lab?.resume();
  await reach("ended");
  await resumed;
  expect(session.snapshot?.heldCents).toBe(200_00);
  await session.back();
  await session.stop("before"); // after the end nothing stops
  expect(session.phase).toBe("ended");
});

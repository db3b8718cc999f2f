import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Fate } from "#snippets/crash/crash-point.ts";
import type { Moment } from "#snippets/crash/history.ts";
import { Server } from "#snippets/crash/server.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import type { Worker } from "#snippets/crash/wire.ts";
import { asks } from "#snippets/crash-lab/asks.ts";
import { progress } from "#snippets/crash-lab/progress.ts";
import { snapshot } from "#snippets/crash-lab/snapshot.ts";
import { startLab } from "#snippets/crash-lab/start-lab.ts";
import { story } from "#snippets/crash-lab/story.ts";
import { scenario } from "#snippets/crash-matrix/scenario.ts";
import { openBank } from "#snippets/support/open-bank.ts";
import { openDatabase } from "../support/simulate.ts";

/** A lab in this process, and what its reader does. */
async function openLab(meets: string) {
  const ended: Worker[] = [];
  const next = () => {
    const worker = startInProcess(scenario);
    const terminate = async () => {
      ended.push(worker);
      await worker.terminate();
    };
    return { ...worker, terminate };
  };
  let changes = 0;
  const changed = () => {
    changes += 1;
  };
  const order = { meets, amountCents: 50_00 };
  const lab = await startLab({ openDatabase, next }, order, changed);
  onTestFinished(() => lab.close().catch(() => {}));
  const isHeld = () =>
    lab.history.length > 0 && lab.history.at(-1)?.fate === undefined;
  /** Until a worker waits, or the transfer has ended. */
  async function turn() {
    do await setTimeout(0);
    while (!isHeld() && !lab.answers.length);
  }
  /** Until this is asked. */
  async function goTo(name: string) {
    await turn();
    for (; asks(lab.history.at(-1) as Moment) !== name; await turn())
      lab.decide("answered");
  }
  async function crash(fate: Fate) {
    lab.decide(fate);
    await setTimeout(0);
  }
  async function skip() {
    await lab.skipWait();
    await turn();
  }
  async function end() {
    for (; !lab.answers.length; await turn()) lab.decide("answered");
  }
  const standings = () => progress(lab.history);
  const count = () => changes;
  return { lab, goTo, crash, skip, end, standings, count, ended };
}

test("of each call it is told what it was and what became of it, and of each step how it stands", async () => {
  const { lab, goTo, crash, skip, end, standings } = await openLab("closed");
  expect(standings()).toEqual([]);
  await goTo("write the debit");
  expect(standings()).toEqual([["now", "", ""]]);
  await crash("after");
  const first = ["died", "", ""];
  expect(standings()).toEqual([first]);
  await skip();
  expect(standings()).toEqual([first, ["", "", ""]]);
  await goTo("record the debit");
  await crash("after");
  const second = ["again", "", ""]; // the first had written it
  expect(standings()).toEqual([first, second]);
  await skip();
  expect(asks(lab.history.at(-1) as Moment)).toBe("take the transfer");
  expect(standings()).toEqual([first, second, ["", "", ""]]);
  await goTo("look for the credit");
  expect(standings().at(-1)).toEqual(["replayed", "now", ""]);
  await crash("before");
  const third = ["replayed", "died", ""];
  expect(standings()).toEqual([first, second, third]);
  await skip();
  await goTo("begin the reversal");
  expect(standings().at(-1)).toEqual(["replayed", "rejected", "now"]);
  await goTo("write the reversal");
  await crash("after");
  const fourth = ["replayed", "rejected", "died"];
  await skip();
  await goTo("write the reversal");
  expect(standings().at(-1)).toEqual(["replayed", "rethrown", "now"]);
  await crash("after");
  const fifth = ["replayed", "rethrown", "died"];
  await skip();
  await goTo("write the reversal");
  await end();
  const sixth = ["replayed", "rethrown", "again"];
  expect(standings()).toEqual([first, second, third, fourth, fifth, sixth]);
  await lab.ask();
  expect(story(lab)).toEqual([
    "The server offers the transfer to worker 1.",
    "Worker 1 takes the transfer.",
    "Worker 1 begins the debit.",
    "Worker 1 writes the debit, and is killed before it hears so.",
    "The lease of worker 1 has passed. The server offers it to worker 2.",
    "Worker 2 takes the transfer.",
    "Worker 2 asks to write the debit, which is there already.",
    "Worker 2 looks for the debit.",
    "Worker 2 records the debit, and is killed before it hears so.",
    "The lease of worker 2 has passed. The server offers it to worker 3.",
    "Worker 3 takes the transfer.",
    "The debit is on record: worker 3 is given its result, and does not call it.",
    "Worker 3 begins the credit.",
    "Worker 3 asks to write the credit, which bob's closed account refuses.",
    "Worker 3 is killed before it can look for the credit.",
    "The lease of worker 3 has passed. The server offers it to worker 4.",
    "Worker 4 takes the transfer.",
    "The debit is on record: worker 4 is given its result, and does not call it.",
    "Worker 4 asks to write the credit, which bob's closed account refuses.",
    "Worker 4 looks for the credit.",
    "Worker 4 records the credit.",
    "Worker 4 begins the reversal.",
    "Worker 4 writes the reversal, and is killed before it hears so.",
    "The lease of worker 4 has passed. The server offers it to worker 5.",
    "Worker 5 takes the transfer.",
    "The debit is on record: worker 5 is given its result, and does not call it.",
    "The no to the credit is on record: worker 5 is given that, and does not ask.",
    "Worker 5 asks to write the reversal, which is there already, and is killed before it hears so.",
    "The lease of worker 5 has passed. The server offers it to worker 6.",
    "Worker 6 takes the transfer.",
    "The debit is on record: worker 6 is given its result, and does not call it.",
    "The no to the credit is on record: worker 6 is given that, and does not ask.",
    "Worker 6 asks to write the reversal, which is there already.",
    "Worker 6 looks for the reversal.",
    "Worker 6 records the reversal.",
    "Worker 6 records the result.",
    "The transfer is compensated: account bob is closed.",
    "You ask by the same id again. The server answers compensated, and asks no worker.",
  ]);
});

test("a credit that was written twice is told as there already, and not as rejected", async () => {
  const { lab, goTo, crash, skip, end } = await openLab("open");
  await goTo("write the credit");
  await crash("after");
  await skip();
  await end();
  expect(story(lab).slice(-5)).toEqual([
    "Worker 2 asks to write the credit, which is there already.",
    "Worker 2 looks for the credit.",
    "Worker 2 records the credit.",
    "Worker 2 records the result.",
    "The transfer is committed.",
  ]);
});

test("what a lab shows is what the ledger and the server have", async () => {
  const { lab, goTo, crash, skip, end } = await openLab("closed");
  lab.decide("after"); // nothing is asked yet
  await goTo("begin the credit");
  const begun = await lab.snapshot();
  expect(begun.entries).toMatchObject([{ opId: "t1-debit" }]);
  expect(begun).toMatchObject({ heldCents: 150_00, seededCents: 200_00 });
  expect(begun.promises).toEqual([
    { id: "t1", state: "pending", value: "" },
    { id: "t1:0", state: "resolved", value: "applied" },
  ]);
  expect(begun.lease.holder).toBe(1);
  await crash("before");
  expect((await lab.snapshot()).lease.holder).toBe(1);
  await skip();
  expect((await lab.snapshot()).lease.holder).toBeUndefined();
  await end();
  const ended = await lab.snapshot();
  expect(ended.promises).toEqual([
    { id: "t1", state: "resolved", value: "compensated" },
    { id: "t1:0", state: "resolved", value: "applied" },
    { id: "t1:1", state: "rejected", value: "account bob is closed" },
    { id: "t1:2", state: "resolved", value: "applied" },
  ]);
  expect(ended.lease).toEqual({ holder: undefined, until: undefined });
  const db = await openBank();
  expect(await snapshot([db], new Server(), [])).toEqual({
    entries: [],
    balances: [
      { account: "alice", cents: 200_00 },
      { account: "bob", cents: 0 },
    ],
    seededCents: 200_00,
    heldCents: 200_00,
    promises: [],
    lease: { holder: undefined, until: undefined },
  });
  db.close();
});

test("a lab tells of each call, death and answer, and ends its worker and its ledger when it is closed", async () => {
  const { lab, goTo, crash, skip, end, count, ended } = await openLab("open");
  await goTo("take the transfer");
  expect(count()).toBe(1);
  await crash("before");
  expect(count()).toBe(2);
  expect(ended).toHaveLength(1);
  await skip();
  expect(count()).toBe(3);
  await end();
  const before = count();
  await lab.ask();
  expect(count()).toBe(before + 1);
  await lab.close();
  await expect(lab.snapshot()).rejects.toThrow("not open");

  const halfway = await openLab("open");
  await halfway.goTo("write the debit");
  expect(halfway.ended).toHaveLength(0);
  await halfway.lab.close();
  expect(halfway.ended).toHaveLength(1);
});

test("a transfer that no worker took is offered to the next", async () => {
  const { lab, goTo, crash, skip } = await openLab("open");
  await goTo("take the transfer");
  await crash("before");
  await skip();
  expect(story(lab)).toEqual([
    "The server offers the transfer to worker 1.",
    "Worker 1 is killed before it can take the transfer.",
    "No worker has the transfer. The server offers it to worker 2.",
  ]);
  expect(await lab.snapshot()).toMatchObject({ lease: { holder: undefined } });
  await crash("after");
  await skip();
  expect(story(lab).at(-1)).toBe(
    "The lease of worker 2 has passed. The server offers it to worker 3.",
  );
  await goTo("begin the debit");
  expect(await lab.snapshot()).toMatchObject({ lease: { holder: 3 } });
});

test("a worker that waits for its reader keeps its lease, and that is no call of the transfer", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const { lab, goTo, end } = await openLab("open");
  await goTo("write the debit");
  const asked = lab.history.length;
  for (let minute = 0; minute < 10; minute += 1) {
    await vi.advanceTimersByTimeAsync(60_000);
    await lab.tick();
  }
  expect((await lab.snapshot()).lease.holder).toBe(1);
  expect(lab.history).toHaveLength(asked);
  await end();
  expect(lab.answers).toMatchObject([{ status: "committed" }]);
});

test("a lease passes in its time, and with it the transfer to another worker", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const { lab, goTo } = await openLab("open");
  await goTo("write the debit");
  lab.decide("after");
  await setTimeout(0);
  const { lease } = await lab.snapshot();
  expect(lease.until).toBe(Date.now() + 60_000);
  vi.setSystemTime((lease.until ?? 0) - 1);
  await lab.tick();
  expect((await lab.snapshot()).lease).toEqual(lease);
  vi.setSystemTime(lease.until ?? 0);
  await lab.tick();
  await goTo("take the transfer");
  expect(lab.history.at(-1)).toMatchObject({ worker: 2 });
});

test("an order that is none is refused before anything is recorded", async () => {
  const place = { openDatabase, next: () => startInProcess(scenario) };
  const order = { meets: "open", amountCents: 0.5 };
  await expect(startLab(place, order, () => {})).rejects.toThrow(
    "amountCents must be a positive integer",
  );
});

import { setTimeout } from "node:timers/promises";
import { type Message, Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Asked, Question, Thread, Word } from "#snippets/crash/wire.ts";
import { startClient } from "#snippets/crash-matrix/client.ts";
import { type Fate, Host } from "#snippets/crash-matrix/host.ts";
import { nameOf } from "#snippets/crash-matrix/matrix.ts";
import { askForTransfer } from "#snippets/crash-matrix/one-transfer.ts";
import { openBank as open } from "#snippets/support/open-bank.ts";
import { openBank, order } from "../support/bank.ts";

const forever = new Promise<never>(() => {});

/** A worker that does nothing, and notes what it is told. */
function standIn() {
  const told: Word[] = [];
  const hears: ((asked: Asked) => void)[] = [];
  const terminate = vi.fn(async () => {});
  const thread: Thread = {
    tell: (word) => told.push(word),
    onQuestion: (hear) => hears.push(hear),
    terminate,
  };
  const ask = (number: number, question: Question) =>
    hears[0]?.({ number, question });
  return { thread, told, terminate, ask };
}

const look: Question = {
  to: "ledger",
  method: "get",
  sql: "SELECT COUNT(*) AS entries FROM entries WHERE account = ?",
  values: ["bob"],
};
const write: Question = {
  to: "ledger",
  method: "run",
  sql: "INSERT INTO entries VALUES (?, 't1', 'bob', 0, 'credit')",
  values: ["t1-credit"],
};

/** Asks for a run that a worker is to make, and has the message sent. */
async function askFor(id: string, host: Host) {
  const client = new Resonate({ network: host.network });
  onTestFinished(() => client.stop());
  await client.beginRpc(id, "transferMoney", { ...order, id });
  await setTimeout(0); // it is sent by such a timer, which was set before
}

test("a worker hears the answer to its question, be it a result or an error", async () => {
  const { db } = await openBank();
  const { thread, told, terminate, ask } = standIn();
  const end = Promise.withResolvers<void>();
  const over = new Host(db).work(thread, end.promise, () => "answered");
  ask(7, look);
  ask(8, { ...look, sql: "nonsense" });
  await vi.waitUntil(() => told.length === 2);
  expect(told).toContainEqual({ answers: 7, value: { entries: 1 } });
  expect(told).toContainEqual({
    answers: 8,
    error: 'near "nonsense": syntax error',
  });
  expect(terminate).not.toHaveBeenCalled();
  end.resolve();
  await over;
  expect(terminate).toHaveBeenCalledOnce();
});

test("a worker dies of a question unheard when it is done, and of one that never came when it is not, and is heard no more", async () => {
  for (const [fate, made] of [
    ["unheard", 1],
    ["never came", 0],
  ] as const) {
    const { db, kinds } = await openBank();
    const { thread, told, terminate, ask } = standIn();
    const asked: Question[] = [];
    const over = new Host(db).work(thread, forever, (question) => {
      asked.push(question);
      return fate;
    });
    ask(0, write);
    await over;
    ask(1, look);
    expect(asked).toEqual([write]);
    expect(await kinds()).toHaveLength(made);
    expect(told).toEqual([]);
    expect(terminate).toHaveBeenCalledOnce();
  }
});

test("what is decided on a question after its worker died is not done", async () => {
  const { db, kinds } = await openBank();
  const { thread, told, ask } = standIn();
  const late = Promise.withResolvers<Fate>();
  const over = new Host(db).work(thread, forever, (question) =>
    question === write ? late.promise : "never came",
  );
  ask(0, write);
  ask(1, look);
  await over;
  late.resolve("answered");
  await late.promise;
  expect(await kinds()).toEqual([]);
  expect(told).toEqual([]);
});

test("a worker whose transfer has ended is heard no more, even if it ended in an error", async () => {
  const { db } = await openBank();
  const { thread, terminate, ask } = standIn();
  const asked = vi.fn((): Fate => "answered");
  const end = Promise.reject(new Error("it does not end"));
  await new Host(db).work(thread, end, asked);
  ask(0, look);
  expect(asked).not.toHaveBeenCalled();
  expect(terminate).toHaveBeenCalledOnce();
});

test("a message is for the newest worker, and for the next one if there is none", async () => {
  const { db } = await openBank();
  const host = new Host(db);
  const older = standIn();
  const newer = standIn();
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  await askFor("t1", host);
  const work = [
    host.work(older.thread, first.promise, () => "answered"),
    host.work(newer.thread, second.promise, () => "answered"),
  ];
  await askFor("t2", host);
  second.resolve();
  await work[1];
  await askFor("t3", host);
  first.resolve();
  await work[0];
  await askFor("t4", host);
  const last = standIn();
  await host.work(last.thread, Promise.resolve(), () => "answered");

  const messages = (ids: string[]) =>
    ids.map((id) => ({
      message: { kind: "execute", data: { task: { id } } },
    }));
  expect(older.told).toMatchObject(messages(["t1", "t3"]));
  expect(newer.told).toMatchObject(messages(["t2"]));
  expect(last.told).toMatchObject(messages(["t4"]));
});

test("a worker hears of the runs that it is to make, and a client of those that have ended", async () => {
  const { db } = await openBank();
  const host = new Host(db);
  const { thread, told } = standIn();
  const end = Promise.withResolvers<void>();
  const over = host.work(thread, end.promise, () => "answered");
  const heard: Message[] = [];
  host.network.recv((message) => heard.push(message));
  const client = new Resonate({ network: host.network });
  onTestFinished(() => client.stop());
  const ended = client.rpc("t1", "transferMoney", order);
  await vi.waitUntil(() => told.length > 0);
  await client.promises.resolve("t1");
  await ended;
  end.resolve();
  await over;
  expect(told).toMatchObject([{ message: { kind: "execute" } }]);
  expect(heard).toMatchObject([{ kind: "unblock" }]);
});

test("a lease passes when the host says so, each time anew, and the server knows the run and its steps", async () => {
  vi.useFakeTimers({ toFake: ["Date"] }); // no time passes by itself
  onTestFinished(() => void vi.useRealTimers());
  const { host, end, check, close } = await askForTransfer(open);
  for (const dies of ["write the debit", "record step 0", "write the credit"]) {
    const asked: string[] = [];
    await host.work(startClient(), end, (question) => {
      asked.push(nameOf(question));
      return nameOf(question) === dies ? "unheard" : "answered";
    });
    expect([asked[0], asked.at(-1)]).toEqual(["take the transfer", dies]);
    await host.passLease();
  }
  expect([...(await host.states())]).toEqual([
    ["t1", "pending"],
    ["t1:0", "resolved"],
    ["t1:1", "pending"],
  ]);
  await host.work(startClient(), end, () => "answered");
  expect(await check()).toBe("committed");
  await close();
});

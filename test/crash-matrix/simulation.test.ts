import { setTimeout } from "node:timers/promises";
import { type Message, Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Fate, fateAt } from "#snippets/crash/crash-point.ts";
import { Server } from "#snippets/crash/server.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import type { Call, Called, Word, Worker } from "#snippets/crash/wire.ts";
import { scenario } from "#snippets/crash-matrix/scenario.ts";
import { order } from "../support/bank.ts";
import { begin } from "../support/simulate.ts";

const forever = new Promise<never>(() => {});

/** A worker that does nothing, and notes what it is told. */
function standIn() {
  const told: Word[] = [];
  const hears: ((asked: Called) => void)[] = [];
  const terminate = vi.fn(async () => {});
  const worker: Worker = {
    tell: (word) => "message" in word || told.push(word),
    onCall: (hear) => hears.push(hear),
    terminate,
  };
  const ask = (number: number, call: Call) => hears[0]?.({ number, call });
  return { worker, told, terminate, ask };
}

const ledger = (method: string, ...args: unknown[]) => ({
  to: "ledger",
  method,
  args,
});
const look = ledger(
  "get",
  "SELECT COUNT(*) AS entries FROM entries WHERE account = ?",
  "bob",
);
const write = ledger(
  "run",
  "INSERT INTO entries VALUES (?, 't1', 'bob', 0, 'credit')",
  "t1-credit",
);

/** Asks for a run that a worker is to make, and has the message sent. */
async function askFor(id: string, server: Server) {
  const client = new Resonate({ network: server.network });
  onTestFinished(() => client.stop());
  await client.beginRpc(id, "transferMoney", { ...order, id });
  await setTimeout(0); // it is sent by such a timer, which was set before
}

test("a worker hears the answer to its call, be it a result or an error", async () => {
  const run = await begin();
  const { worker, told, terminate, ask } = standIn();
  const end = Promise.withResolvers<void>();
  const over = run.work(worker, () => "answered", end.promise);
  await setTimeout(0);
  ask(7, look);
  ask(8, ledger("get", "nonsense"));
  ask(9, { ...look, to: "nobody" });
  await vi.waitUntil(() => told.length === 3);
  expect(told).toContainEqual({ answers: 7, value: { entries: 1 } });
  const error = 'near "nonsense": syntax error';
  expect(told).toContainEqual({ answers: 8, error });
  const nobody = "there is no service nobody";
  expect(told).toContainEqual({ answers: 9, error: nobody });
  expect(terminate).not.toHaveBeenCalled();
  end.resolve();
  await over;
  expect(terminate).toHaveBeenCalledOnce();
});

test("a worker that dies after a call leaves it done, one that dies before does not, and it is heard no more", async () => {
  for (const [fate, made] of [
    ["after", 1],
    ["before", 0],
  ] as const) {
    const run = await begin();
    const { worker, told, terminate, ask } = standIn();
    const over = run.work(worker, () => fate, forever);
    await setTimeout(0);
    ask(0, write);
    await over;
    ask(1, look);
    const heard = { worker: 1, name: "write-credit", call: write, fate };
    expect(run.history).toMatchObject([heard]);
    expect(await run.world.written()).toHaveLength(made);
    expect(told).toEqual([]);
    expect(terminate).toHaveBeenCalledOnce();
  }
});

test("what is decided on a call after its worker died is not done", async () => {
  const run = await begin();
  const { worker, told, ask } = standIn();
  const late = Promise.withResolvers<Fate>();
  const over = run.work(
    worker,
    ({ name }) => (name === "write-credit" ? late.promise : "before"),
    forever,
  );
  await setTimeout(0);
  ask(0, write);
  ask(1, look);
  await over;
  late.resolve("answered");
  await late.promise;
  expect(await run.world.written()).toEqual([]);
  expect(told).toEqual([]);
});

test("a worker whose transfer has ended is heard no more, even if it ended in an error", async () => {
  const run = await begin();
  const { worker, terminate, ask } = standIn();
  const asked = vi.fn((): Fate => "answered");
  const end = Promise.reject(new Error("it does not end"));
  await run.work(worker, asked, end);
  ask(0, look);
  expect(asked).not.toHaveBeenCalled();
  expect(terminate).toHaveBeenCalledOnce();
});

test("a heartbeat is answered at once, and is no part of the history", async () => {
  const run = await begin();
  const { worker, told, ask } = standIn();
  const asked = vi.fn((): Fate => "answered");
  const end = Promise.withResolvers<void>();
  const over = run.work(worker, asked, end.promise);
  await setTimeout(0);
  const head = { corrId: "x", version: "" };
  const beat = { kind: "task.heartbeat", head, data: { pid: "x", tasks: [] } };
  ask(3, { to: "server", method: "send", args: [beat] });
  await vi.waitUntil(() => told.length === 1);
  expect(told).toMatchObject([{ answers: 3, value: { kind: beat.kind } }]);
  expect(asked).not.toHaveBeenCalled();
  expect(run.history).toEqual([]);
  end.resolve();
  await over;
});

test("a message is for the newest worker, and for the next one if there is none", async () => {
  const server = new Server();
  const told: Record<string, string[]> = { older: [], newer: [], last: [] };
  const worker = (name: string): Worker => ({
    tell: (word) => {
      const { message } = word as { message: Message & { kind: "execute" } };
      told[name]?.push(message.data.task.id);
    },
    onCall: () => {},
    terminate: async () => {},
  });
  const [older, newer] = [worker("older"), worker("newer")];
  await askFor("t1", server);
  server.join(older);
  server.join(newer);
  await askFor("t2", server);
  server.leave(newer);
  await askFor("t3", server);
  server.leave(older);
  await askFor("t4", server);
  server.join(worker("last"));
  expect(told).toEqual({ older: ["t1", "t3"], newer: ["t2"], last: ["t4"] });
});

test("a worker hears of the runs that it is to make, and a client of those that have ended", async () => {
  const server = new Server();
  const told: Word[] = [];
  server.join({
    tell: (word) => told.push(word),
    onCall: () => {},
    terminate: async () => {},
  });
  const heard: Message[] = [];
  server.network.recv((message) => heard.push(message));
  const client = new Resonate({ network: server.network });
  onTestFinished(() => client.stop());
  const ended = client.rpc("t1", "transferMoney", order);
  await vi.waitUntil(() => told.length > 0);
  await client.promises.resolve("t1");
  await ended;
  expect(told).toMatchObject([{ message: { kind: "execute" } }]);
  expect(heard).toMatchObject([{ kind: "unblock" }]);
});

test("a lease passes when the simulation says so, each time anew, and the server knows the run and its steps", async () => {
  vi.useFakeTimers({ toFake: ["Date"] }); // no time passes by itself
  onTestFinished(() => void vi.useRealTimers());
  const run = await begin();
  for (const [nth, name] of [
    "write-debit",
    "record-debit",
    "write-credit",
  ].entries()) {
    const fateOf = (call: { name: string }) =>
      fateAt(`after:${name}`, call.name);
    await run.work(startInProcess(scenario), fateOf);
    const called = run.history.filter(({ worker }) => worker === nth + 1);
    const names = called.map((call) => call.name);
    expect([names[0], names.at(-1)]).toEqual(["take-run", name]);
    await run.server.passLease();
  }
  expect([...(await run.server.states())]).toEqual([
    ["t1", "pending"],
    ["t1:0", "resolved"],
    ["t1:1", "pending"],
  ]);
  await run.work(startInProcess(scenario), () => "answered");
  expect(await run.check()).toBe("committed");
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import type { Readable } from "node:stream";
import { Resonate } from "@resonatehq/sdk";
import fc from "fast-check";
import pMap from "p-map";
import { expect, onTestFinished, test, vi } from "vitest";
import { alicePaysBob } from "#snippets/support/bank.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { audit, entriesOf } from "#snippets/transfer/accounts.ts";
import { transferMoney } from "#snippets/transfer/transfer-money.ts";
import { openBank, orderFor } from "./support/bank.ts";

test("the dev server answers what it cannot use with one clear error, and stays up", async () => {
  const { url, stop } = await startDevServer();
  const post = async (body: BodyInit) => {
    const response = await fetch(url, {
      method: "POST",
      body,
      duplex: "half",
    } as RequestInit);
    return [response.status, await response.json()];
  };
  const no = { error: "this is no request that Resonate has" };
  const tooMuch = { error: "a request has at most a million bytes" };
  const hundredMegabytes = "x".repeat(100_000_000);
  try {
    expect(await post("not JSON")).toEqual([400, no]);
    expect(await post("[]")).toEqual([400, no]);
    const head = { corrId: "1", version: "1" };
    for (const kind of ["start", "reset", "tick", "snap", "stop"]) {
      const data = kind === "tick" ? { time: 2 ** 53 } : {};
      const request = { kind: `debug.${kind}`, head, data };
      expect(await post(JSON.stringify(request)), kind).toEqual([400, no]);
    }
    const later = { ...head, "resonate:debug_time": 2 ** 53 };
    const data = { id: "x" };
    const request = { kind: "promise.get", head: later, data };
    expect(await post(JSON.stringify(request))).toEqual([400, no]);
    const uneven = { id: "x", timeoutAt: 2 ** 40 + 0.5, param: {}, tags: {} };
    const create = { kind: "promise.create", head, data: uneven };
    expect(await post(JSON.stringify(create))).toEqual([400, no]);
    const even = { ...create, data: { ...uneven, timeoutAt: 2 ** 40 } };
    expect((await post(JSON.stringify(even)))[0]).toBe(200);
    expect(await post('{"kind":"promise.steal","head":{},"data":{}}')).toEqual([
      400,
      no,
    ]);
    expect(await post(hundredMegabytes)).toEqual([413, tooMuch]);
    expect(await post(new Blob([hundredMegabytes]).stream())).toEqual([
      413,
      tooMuch,
    ]);

    const { port } = new URL(url);
    const hangingUp = connect(Number(port), "127.0.0.1");
    hangingUp.write(
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{",
    );
    await once(hangingUp, "connect");
    hangingUp.destroy();

    expect(await (await fetch(url)).text()).toContain("The dev server is up");
  } finally {
    await stop();
  }
});

test("the dev server says so when its port is taken", async () => {
  const { url, stop } = await startDevServer();
  const { port } = new URL(url);
  await expect(startDevServer(Number(port))).rejects.toThrow(
    `cannot listen on port ${port}: EADDRINUSE`,
  );
  await stop();
});

test("the dev server can be reached from this machine alone", async () => {
  const { url, stop } = await startDevServer();
  onTestFinished(stop);
  const { port } = new URL(url);
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4")
    .map(({ address }) => address);
  // Loopback has more addresses than one: what listens on all has these too.
  for (const address of ["127.0.0.2", ...others]) {
    const socket = connect({ host: address, port: Number(port) });
    const reached = await Promise.race([
      once(socket, "connect").then(() => true),
      once(socket, "error").then(() => false),
    ]).catch(() => false);
    socket.destroy();
    expect(reached, address).toBe(false);
  }
});

test("an event stream on which nothing happens is kept alive", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const { url, stop } = await startDevServer();
  onTestFinished(stop);
  const { body } = await fetch(`${url}/poll/group/pid`);
  const reader = (body as ReadableStream<Uint8Array>).getReader();
  const text = async () =>
    new TextDecoder().decode((await reader.read()).value);
  const next = text();
  await vi.waitFor(async () => {
    await vi.advanceTimersByTimeAsync(240_000); // undici's limit is 300,000
    const waited = new Promise((done) => setTimeout(done, 20));
    expect(await Promise.race([next, waited])).toBe(": still here\n\n");
  });
  await reader.cancel();
});

// What anyone may send

const head = { corrId: "1", version: "1" };
const some = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
/** Mostly what is meant; sometimes anything. */
const or = <T>(meant: fc.Arbitrary<T>) =>
  fc
    .tuple(meant, some)
    .map(([value, other]) => (other === undefined ? value : other));

function requests(ids: string[]) {
  const id = or(fc.constantFrom(...ids));
  const version = or(fc.nat(3));
  const pid = or(fc.constantFrom("p", "q"));
  const ttl = or(fc.constantFrom(0, 1_000, 60_000));
  const value = or(fc.constantFrom({}, { data: "IngI", headers: {} }));
  const address = fc.constantFrom("poll://any@fuzz", "poll://uni@fuzz/p", "");
  const tags = or(
    fc.record(
      {
        "resonate:target": or(
          fc.oneof(address, fc.constant({ toString: "no text" })),
        ),
        "resonate:delay": or(fc.constantFrom("0", "9e15", "x")),
        "resonate:timer": or(fc.constant("true")),
      },
      { requiredKeys: [] },
    ),
  );
  const timeoutAt = or(fc.constantFrom(0, 1, 9e15, -1));
  const request = <T>(kind: string, data: Record<string, fc.Arbitrary<T>>) =>
    fc.record({
      kind: fc.constant(kind),
      head: or(fc.constant(head)),
      data: or(fc.record(data)),
    }) as fc.Arbitrary<unknown>;
  type Data = Record<string, fc.Arbitrary<unknown>>;
  const ask = (kind: string, data: Data) => request(kind, data);
  const create = ask("promise.create", { id, timeoutAt, param: value, tags });
  const state = or(
    fc.constantFrom("resolved", "rejected", "rejected_canceled"),
  );
  const settle = ask("promise.settle", { id, state, value });
  const callback = ask("promise.register_callback", {
    awaited: id,
    awaiter: id,
  });
  const task = { id, version };
  const promiseTimeout = or(fc.constantFrom(0, 1_000));
  return fc.oneof(
    ask("promise.get", { id }),
    create,
    settle,
    callback,
    ask("promise.register_listener", { awaited: id, address: or(address) }),
    ask("promise.search", {}),
    ask("task.get", { id }),
    ask("task.create", { pid, ttl, action: create }),
    ask("task.acquire", { ...task, pid, ttl }),
    ask("task.release", task),
    // A task may only wait for itself: these two ids are drawn alike.
    fc.constantFrom(...ids).chain((awaiter) =>
      ask("task.suspend", {
        id: fc.constant(awaiter),
        version,
        actions: or(
          fc.array(
            ask("promise.register_callback", {
              awaited: id,
              awaiter: fc.constant(awaiter),
            }),
            { maxLength: 3 },
          ),
        ),
      }),
    ),
    ask("task.halt", { id }),
    ask("task.continue", { id }),
    ask("task.fulfill", { ...task, action: settle }),
    ask("task.fence", { ...task, action: fc.oneof(create, settle) }),
    ask("task.heartbeat", { pid, tasks: or(fc.array(fc.record(task))) }),
    ask("task.search", {}),
    ask("schedule.get", { id }),
    ask("schedule.create", {
      id,
      cron: or(fc.constantFrom("* * * * *", "no")),
      promiseId: id,
      promiseTimeout,
      promiseParam: value,
      promiseTags: tags,
    }),
    ask("schedule.delete", { id }),
    ask("schedule.search", {}),
    ask("debug.start", {}),
    ask("debug.reset", {}),
    ask("debug.tick", { time: or(fc.constant(9e15)) }),
    ask("debug.snap", {}),
    ask("debug.stop", {}),
    fc.jsonValue(),
  );
}

/** The dev server as a reader starts it, which nobody starts again. */
async function serverProcess(): Promise<{ url: string; child: ChildProcess }> {
  const program = ["snippets/failure-modes/server.ts", "--port", "0"];
  const child = spawn(process.execPath, ["--import", "tsx", ...program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill());
  const [said] = await once(child.stdout as Readable, "data");
  return { url: String(/http:\S+[^;\s]/.exec(said)), child };
}

test("what ends the SDK's own store, or finds no worker that could be meant, is answered, and the dev server stays up", async () => {
  const { url, child } = await serverProcess();
  const post = async (kind: string, data: object) => {
    const body = JSON.stringify({ kind, head, data });
    const response = await fetch(url, { method: "POST", body });
    return { status: response.status, answer: await response.json() };
  };
  const promise = (id: string, target: unknown) => ({
    id,
    timeoutAt: Date.now() + 60_000,
    param: {},
    tags: { "resonate:target": target },
  });
  for (const target of [5, null, [], {}, { toString: "no text" }]) {
    const data = promise(JSON.stringify(target), target);
    expect(await post("promise.create", data)).toMatchObject({ status: 200 });
  }
  const data = promise("task", "poll://any@nobody");
  const action = { kind: "promise.create", head, data };
  const created = await post("task.create", { pid: "p", ttl: 9_000, action });
  const { id, version } = created.answer.data.task;
  const wait = { awaiter: id, awaited: "nowhere" };
  const actions = [{ kind: "promise.register_callback", head, data: wait }];
  expect(await post("task.suspend", { id, version, actions })).toEqual({
    status: 422,
    answer: { error: "the store cannot do this: task.suspend 422" },
  });
  const known = await post("promise.get", { id });
  expect(known.answer.data.promise.state).toBe("pending");
  expect(child.exitCode).toBe(null);
});

test("whatever it is sent, the dev server answers and stays up, and what was begun before is ended after", async () => {
  const { url, child } = await serverProcess();
  const { db } = await openBank();
  const group = "fuzzed";
  const client = new Resonate({ url, group: `${group}-client` });
  onTestFinished(() => client.stop());
  const begin = async (id: string) =>
    client.beginRpc(
      id,
      "transferMoney",
      await orderFor(db, alicePaysBob(id)),
      client.options({ target: group }),
    );
  const first = await begin("t1");
  await begin("t2");

  // The first is left alone; all that is known of the second is tried on it.
  const ids = ["a", "b", "b:0", "nowhere", "t2", "t2:0", "t2:1"];
  const seed = Date.now();
  const drawn = fc.sample(requests(ids), { numRuns: 10_000, seed });
  const statuses = new Set<number>();
  await pMap(
    drawn,
    async (request) => {
      const body = JSON.stringify(request);
      const response = await fetch(url, { method: "POST", body }).catch(
        (cause) => {
          throw new Error(`seed ${seed}: ${body}`, { cause });
        },
      );
      statuses.add(response.status);
      expect(response.status, `seed ${seed}: ${body}`).not.toBe(500);
      await response.json();
    },
    { concurrency: 32 },
  );
  for (const status of [200, 400, 404, 409, 422])
    expect(statuses, `seed ${seed}`).toContain(status);
  expect(child.exitCode).toBe(null);

  const worker = new Resonate({ url, group });
  onTestFinished(() => worker.stop());
  worker.setDependency("db", db);
  worker.register("transferMoney", transferMoney);
  expect(await first.result()).toMatchObject({ status: "committed" });
  const kinds = (await entriesOf(db, "t1")).map(({ kind }) => kind);
  expect(kinds).toEqual(["debit", "credit"]);

  expect((await client.promises.get("t2")).state).not.toBe("pending");
  const { heldCents, seededCents } = await audit(db);
  expect(heldCents).toBe(seededCents);
  expect(child.exitCode).toBe(null);
}, 60_000);

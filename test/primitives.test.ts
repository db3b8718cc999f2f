import { randomUUID } from "node:crypto";
import {
  Constant,
  type Context,
  Exponential,
  Never,
  OptionsBuilder,
  Resonate,
} from "@resonatehq/sdk";
import { expect, inject, onTestFinished, test, vi } from "vitest";
import { silence } from "../snippets/crash-matrix/silence.ts";
import { startDevServer } from "../snippets/dev-server.ts";
import { transferMoney } from "../snippets/transfer-money.ts";
import { watch } from "../snippets/watch.ts";
import { openBank, order } from "./bank.ts";
import { run, temporaryFolder } from "./run.ts";

/** A client in memory, or at `url`, that is stopped when the test ends. */
function client(url?: string): Resonate {
  const resonate = new Resonate({ ...(url && { url }), logger: silence });
  onTestFinished(() => resonate.stop());
  return resonate;
}

/** Ends a body's wait at `ctx.promise()`: what comes next is a replay. */
async function replay(resonate: Resonate, id: string) {
  await vi.waitFor(() => resonate.promises.get(id));
  await resonate.promises.resolve(id);
}

/** Time that passes only when told to, for the SDK and its store too. */
function virtualTime() {
  vi.useFakeTimers({
    toFake: ["setTimeout", "clearTimeout", "setInterval", "Date"],
  });
  onTestFinished(() => void vi.useRealTimers());
}

const minutes = (count: number) => count * 60_000;

// register

test("register returns a handle that runs the function, and does nothing else yet", async () => {
  const resonate = client();
  const double = vi.fn(async (_ctx: Context, n: number) => 2 * n);
  const handle = resonate.register("double", double);
  expect(Object.keys(handle).sort()).toEqual(
    ["beginRpc", "beginRun", "options", "rpc", "run"].sort(),
  );
  expect(double).not.toHaveBeenCalled();
  expect(await handle.run("a", 2)).toBe(4);
  expect(await (await handle.beginRun("b", 3)).result()).toBe(6);
  expect(await handle.rpc("c", 4)).toBe(8);
  expect(await (await handle.beginRpc("d", 5)).result()).toBe(10);
});

test("the options() of a handle throws, and that of the client does not", () => {
  const resonate = client();
  const handle = resonate.register("nothing", async () => {});
  expect(() => handle.options({ timeout: 1 })).toThrow(TypeError);
  expect(resonate.options({ timeout: 1 }).timeout).toBe(1);
});

test("a run is asked for by the registered name, and the function's own name is unknown", async () => {
  const resonate = client();
  async function onePercent(_ctx: Context, amountCents: number) {
    return amountCents / 100;
  }
  resonate.register("fee", onePercent);
  expect(await resonate.run("a", "fee", 50_00)).toBe(50);
  expect(await resonate.run("b", onePercent, 50_00)).toBe(50);
  await expect(resonate.run("c", "onePercent", 50_00)).rejects.toThrow(
    "Function 'onePercent' is not registered",
  );
  const { param } = await resonate.promises.get("b");
  expect(JSON.parse(atob(param.data ?? "")).func).toBe("fee");
});

test("a function that is registered without a name gets its own, and one that has none is refused", async () => {
  const resonate = client();
  resonate.register(async function onePercent() {
    return 1;
  });
  expect(await resonate.run("a", "onePercent")).toBe(1);
  expect(() => resonate.register(async () => {})).toThrow(
    "Function name is required",
  );
});

test("a name that is taken is refused, and so is a second name for one function", () => {
  const resonate = client();
  async function onePercent() {}
  resonate.register("fee", onePercent);
  expect(() => resonate.register("fee", async () => {})).toThrow(
    "Function 'fee' (version 1) is already registered",
  );
  expect(() => resonate.register("charge", onePercent)).toThrow(
    "is already registered under 'fee'",
  );
});

test("run of a name that this client has not registered is refused, and nothing is recorded", async () => {
  const resonate = client();
  await expect(resonate.run("a", "nobody")).rejects.toThrow(
    "Function 'nobody' is not registered",
  );
  await expect(resonate.promises.get("a")).rejects.toThrow("not found");
});

test("rpc of a name that no worker has is offered over and over, until a worker registers it", async () => {
  const error = vi.fn();
  const resonate = new Resonate({ logger: { ...silence, error } });
  onTestFinished(() => resonate.stop());
  const answer = resonate.rpc("a", "double", 2);
  await vi.waitFor(() => expect(error.mock.calls.length).toBeGreaterThan(20));
  expect(error).toHaveBeenCalledWith(
    expect.anything(),
    expect.stringContaining("Function 'double' (version 1) is not registered"),
  );
  expect((await resonate.promises.get("a")).state).toBe("pending");
  resonate.register("double", async (_ctx: Context, n: number) => 2 * n);
  expect(await answer).toBe(4);
});

test("an id that is running or has ended is joined: one call, one answer, and the other arguments are ignored", async () => {
  const resonate = client();
  const opened = Promise.withResolvers<void>();
  const double = vi.fn(async (_ctx: Context, n: number) => {
    await opened.promise;
    return 2 * n;
  });
  const doubles = resonate.register("double", double);
  const first = doubles.run("a", 2);
  await vi.waitFor(() => expect(double).toHaveBeenCalled());
  const joined = doubles.run("a", 50);
  opened.resolve();
  expect(await Promise.all([first, joined])).toEqual([4, 4]);
  expect(await doubles.run("a", 70)).toBe(4);
  expect(double).toHaveBeenCalledOnce();
});

test("an id stands for its first run, even when another function is asked for", async () => {
  const resonate = client();
  const other = vi.fn(async () => "other");
  resonate.register("other", other);
  resonate.register("first", async () => "first");
  expect(await resonate.run("a", "first")).toBe("first");
  expect(await resonate.run("a", "other")).toBe("first");
  expect(other).not.toHaveBeenCalled();
});

// ctx.run

test("after a sleep the body begins again from its first line, and a step that has ended is not called again", async () => {
  virtualTime();
  const resonate = client();
  const leaf = vi.fn(async () => 7);
  const begins = vi.fn();
  const body = resonate.register("body", function* (ctx: Context) {
    begins();
    const drawn = yield* ctx.run(leaf);
    yield* ctx.sleep(minutes(1));
    return drawn;
  });
  const answer = body.run("a");
  await vi.advanceTimersByTimeAsync(minutes(0.9));
  expect(begins).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(minutes(0.2));
  expect(await answer).toBe(7);
  expect(begins).toHaveBeenCalledTimes(2);
  expect(leaf).toHaveBeenCalledTimes(1);
});

test("a step without yield* is not called, without an error, and its number is left out", async () => {
  const resonate = client();
  const forgotten = vi.fn(async () => {});
  const body = resonate.register("body", function* (ctx: Context) {
    ctx.run(forgotten);
    return yield* ctx.run(async () => "second");
  });
  expect(await body.run("a")).toBe("second");
  expect(forgotten).not.toHaveBeenCalled();
  await expect(resonate.promises.get("a:0")).rejects.toThrow("not found");
  expect(await (await resonate.get("a:1")).result()).toBe("second");
});

test("replay knows a step by its number alone: a step put in its place is given its result, and is not called", async () => {
  const resonate = client();
  const draw = vi.fn(async () => "drawn");
  const inserted = vi.fn(async () => "inserted");
  let deployed = false;
  const body = resonate.register("body", function* (ctx: Context) {
    const result = yield* ctx.run(deployed ? inserted : draw);
    yield* ctx.promise();
    return result;
  });
  const answer = body.run("a");
  await vi.waitFor(() => resonate.promises.get("a:1"));
  deployed = true;
  await replay(resonate, "a:1");
  expect(await answer).toBe("drawn");
  expect(draw).toHaveBeenCalledOnce();
  expect(inserted).not.toHaveBeenCalled();
});

test("the arguments of run() are recorded, and those of a step are not", async () => {
  const resonate = client();
  async function leaf(_ctx: Context, secret: string) {
    return secret.length;
  }
  function* body(ctx: Context, _public: string) {
    return yield* ctx.run(leaf, "secret");
  }
  expect(await resonate.register("body", body).run("a", "public")).toBe(6);
  const recorded = async (id: string) =>
    JSON.parse(atob((await resonate.promises.get(id)).param.data ?? ""));
  expect(await recorded("a")).toMatchObject({ func: "body", args: ["public"] });
  expect(await recorded("a:0")).toEqual({ func: "leaf", version: 1 });
});

class Purse {
  cents = 1;
}
const values: [name: string, given: () => unknown, decoded: unknown][] = [
  ["a Date becomes a text", () => new Date(0), "1970-01-01T00:00:00.000Z"],
  ["a Map loses what is in it", () => new Map([["a", 1]]), {}],
  ["a Set loses what is in it", () => new Set([1]), {}],
  ["NaN becomes null", () => Number.NaN, null],
  ["an object loses its class", () => new Purse(), { cents: 1 }],
  ["a property that is undefined is gone", () => ({ a: undefined }), {}],
  ["an undefined in an array becomes null", () => [undefined], [null]],
];

test.for(values)(
  "in an argument of run() and in a replayed result %s, and in a leaf's argument or a live result nothing changes",
  async ([, given, decoded]) => {
    const resonate = client();
    const value = given();
    const leaf = vi.fn(async (_ctx: Context, argument: unknown) => argument);
    const results: unknown[] = [];
    let arrived: unknown;
    const body = resonate.register(
      "body",
      function* (ctx: Context, argument: unknown) {
        results.push(yield* ctx.run(leaf, value));
        yield* ctx.promise();
        arrived = argument;
      },
    );
    const answer = body.run("a", value);
    await replay(resonate, "a:1");
    await answer;
    expect(arrived).toStrictEqual(decoded);
    expect(leaf.mock.calls[0]?.[1]).toBe(value);
    expect(results).toHaveLength(2);
    expect(results[0]).toBe(value);
    expect(results[1]).toStrictEqual(decoded);
  },
);

test("an undefined argument of run() arrives as null, so no default takes its place; as a result it stays undefined", async () => {
  const resonate = client();
  const results: unknown[] = [];
  const body = resonate.register(
    "body",
    function* (ctx: Context, amount: number | undefined = 5) {
      results.push(yield* ctx.run(async () => undefined));
      yield* ctx.promise();
      return amount;
    },
  );
  const answer = body.run("a", undefined);
  await replay(resonate, "a:1");
  expect(await answer).toBeNull();
  expect(results).toEqual([undefined, undefined]);
});

test("a bigint is refused as an argument of run(), and is fine as an argument of a leaf", async () => {
  const resonate = client();
  const body = resonate.register(
    "body",
    function* (ctx: Context, _amount: bigint | number) {
      return yield* ctx.run(async (_ctx, n: bigint) => String(n), 10n);
    },
  );
  await expect(body.run("a", 10n)).rejects.toThrow("cannot be encoded");
  expect(await body.run("a", 10)).toBe("10");
});

test("a leaf that returns a bigint is called again and again, and its run does not end", async () => {
  const resonate = client();
  let healed = false;
  const leaf = vi.fn(async () => (healed ? 10 : 10n));
  const body = resonate.register("body", function* (ctx: Context) {
    return yield* ctx.run(leaf);
  });
  const answer = body.run("a");
  await vi.waitFor(() => expect(leaf.mock.calls.length).toBeGreaterThan(20));
  expect((await resonate.promises.get("a")).state).toBe("pending");
  healed = true;
  expect(await answer).toBe(10);
});

// Options and retry policies

/** A body of one step that always throws, and when it was tried. */
function failing(resonate: Resonate, retryPolicy?: Constant) {
  const start = Date.now();
  const tries: number[] = [];
  const body = resonate.register(
    "body",
    function* (ctx: Context, timeout?: number) {
      try {
        yield* ctx.run(
          async () => {
            tries.push(Date.now() - start);
            throw new Error("no");
          },
          ctx.options({
            ...(timeout && { timeout }),
            ...(retryPolicy && { retryPolicy }),
          }),
        );
      } catch (error) {
        const caughtAt = Date.now() - start;
        return { caughtAt, error, undone: yield* ctx.run(async () => "yes") };
      }
      return "never";
    },
  );
  return { body, tries };
}

test("by default a leaf is tried without end, and waits as the SDK's Exponential says", async () => {
  virtualTime();
  const { body, tries } = failing(client());
  void body.run("a");
  await vi.advanceTimersByTimeAsync(minutes(0.9)); // within the lease
  const policy = new Exponential();
  const wanted = [0];
  for (let n = 1; (wanted.at(-1) ?? 0) < minutes(0.5); n += 1)
    wanted.push((wanted.at(-1) ?? 0) + (policy.next(n) ?? Number.NaN));
  expect(wanted.length).toBeGreaterThan(4);
  expect(tries).toEqual(wanted.filter((at) => at < minutes(0.9)));

  const { delay, factor, maxDelay, maxRetries } = policy.encode().data;
  expect(policy.next(1)).toBe(delay * factor);
  expect(policy.next(50)).toBe(maxDelay);
  expect(policy.next(maxRetries)).toBe(maxDelay);
  expect(maxRetries).toBe(Number.MAX_SAFE_INTEGER);
});

test("with the default policy a credit that throws is still tried an hour later, and no catch has it", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] }); // no lease passes
  onTestFinished(() => void vi.useRealTimers());
  const resonate = client();
  const credit = vi.fn(async () => {
    throw new Error("the target rejects the credit");
  });
  const caught = vi.fn();
  const body = resonate.register("body", function* (ctx: Context) {
    try {
      return yield* ctx.run(credit);
    } catch {
      return caught();
    }
  });
  void body.run("a");
  await vi.advanceTimersByTimeAsync(minutes(60));
  expect(credit.mock.calls.length).toBeGreaterThan(100);
  expect(caught).not.toHaveBeenCalled();
});

test("a step that is retried past its lease is tried by two loops at once", async () => {
  virtualTime();
  const resonate = client();
  const attempts: number[] = [];
  const body = resonate.register("body", function* (ctx: Context) {
    return yield* ctx.run(async ({ info }: Context) => {
      attempts.push(info.attempt);
      throw new Error("no");
    });
  });
  void body.run("a");
  await vi.advanceTimersByTimeAsync(minutes(0.9));
  expect(attempts.filter((attempt) => attempt === 1)).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(minutes(0.6));
  expect(attempts.filter((attempt) => attempt === 1)).toHaveLength(2);
});

test("Constant waits the same time before each retry, and after maxRetries of them the catch has the error", async () => {
  virtualTime();
  const retryPolicy = new Constant({ delay: 700, maxRetries: 3 });
  const { body, tries } = failing(client(), retryPolicy);
  const answer = body.run("a");
  await vi.advanceTimersByTimeAsync(minutes(1));
  expect(await answer).toMatchObject({
    caughtAt: 2100,
    error: { message: "no" },
  });
  expect(tries).toEqual([0, 700, 1400, 2100]);
});

test("Never is one attempt, and then the catch", async () => {
  const resonate = client();
  const leaf = vi.fn(async () => {
    throw new Error("no");
  });
  const body = resonate.register("body", function* (ctx: Context) {
    try {
      return yield* ctx.run(leaf, ctx.options({ retryPolicy: new Never() }));
    } catch (error) {
      return (error as Error).message;
    }
  });
  expect(await body.run("a")).toBe("no");
  expect(leaf).toHaveBeenCalledOnce();
});

test("a class in nonRetryableErrors ends the retries at once, for what extends it too, and other errors are retried", async () => {
  const resonate = client();
  class Closed extends Error {}
  class ClosedForGood extends Closed {}
  const retryPolicy = new Constant({ delay: 0, maxRetries: 2 });
  const counts: number[] = [];
  const body = resonate.register("body", function* (ctx: Context) {
    for (const Thrown of [Closed, ClosedForGood, TypeError]) {
      let tries = 0;
      try {
        yield* ctx.run(
          async () => {
            tries += 1;
            throw new Thrown("no");
          },
          ctx.options({ retryPolicy, nonRetryableErrors: [Closed] }),
        );
      } catch {
        counts.push(tries);
      }
    }
  });
  await body.run("a");
  expect(counts).toEqual([1, 1, 3]);
});

test("a leaf is not tried again when its timeout would come first, and the catch has the error before that", async () => {
  virtualTime();
  const { body, tries } = failing(client(), new Constant());
  const answer = body.run("a", 3_500);
  await vi.advanceTimersByTimeAsync(minutes(0.5));
  expect(await answer).toMatchObject({ caughtAt: 3_000, undone: "yes" });
  expect(tries).toEqual([0, 1_000, 2_000, 3_000]);
});

test("a leaf is not tried again when the run's deadline would come first, and what is left of that is for the catch", async () => {
  virtualTime();
  const resonate = client();
  const { body, tries } = failing(resonate, new Constant());
  const within = resonate.options({ timeout: 2_500 });
  const answer = body.run("a", undefined, within);
  await vi.advanceTimersByTimeAsync(minutes(0.5));
  expect(await answer).toMatchObject({ caughtAt: 2_000, undone: "yes" });
  expect(tries).toEqual([0, 1_000, 2_000]);
});

test("a timeout does not end a leaf that hangs: live its late result counts, and after a sleep undefined is thrown in its place", async () => {
  virtualTime();
  const resonate = client();
  const outcomes: unknown[] = [];
  const body = resonate.register("body", function* (ctx: Context) {
    const slow = () =>
      new Promise((done) => setTimeout(() => done("made"), 3_000));
    try {
      outcomes.push(yield* ctx.run(slow, ctx.options({ timeout: 500 })));
    } catch (error) {
      outcomes.push({ thrown: error });
    }
    yield* ctx.sleep(10_000);
  });
  const answer = body.run("a");
  await vi.advanceTimersByTimeAsync(minutes(0.5));
  await answer;
  expect(outcomes).toEqual(["made", { thrown: undefined }]);
});

test("when a run's deadline passes inside a step, its caller is told, and neither the catch nor the finally runs", async () => {
  virtualTime();
  const resonate = client();
  const after = vi.fn();
  const leaf = vi.fn(
    () => new Promise((done) => setTimeout(() => done("made"), 3_000)),
  );
  const body = resonate.register("body", function* (ctx: Context) {
    try {
      yield* ctx.run(leaf);
      after("try");
    } catch {
      after("catch");
    } finally {
      after("finally");
    }
  });
  const answer = body
    .run("a", resonate.options({ timeout: 500 }))
    .catch(String);
  await vi.advanceTimersByTimeAsync(minutes(5));
  expect(await answer).toBe("Error: Promise timedout");
  expect(leaf).toHaveBeenCalled();
  expect(after).not.toHaveBeenCalled();
});

test("unless its caller says otherwise, a run has the timeout that the SDK's options are built with", async () => {
  const resonate = client();
  await resonate.register("body", async () => {}).run("a");
  const { createdAt, timeoutAt } = await resonate.promises.get("a");
  const { timeout } = new OptionsBuilder({ match: (to) => to }).build();
  expect(Math.abs(timeoutAt - createdAt - timeout)).toBeLessThan(1_000);
});

class Named extends Error {
  code = 423;
  constructor() {
    super("nobody opens", { cause: "holiday" });
    this.name = "Named";
  }
}
class Unnamed extends Error {}

function expectPlain(error: unknown) {
  expect((error as Error).constructor).toBe(Error);
  expect(error).not.toHaveProperty("code");
  expect(error).not.toHaveProperty("cause");
}

test("a caught error is the very object live; replayed it is a plain Error with its message, and its name if it set one", async () => {
  const resonate = client();
  const thrown = [new Named(), new Unnamed("no")];
  const caught: unknown[] = [];
  const body = resonate.register("body", function* (ctx: Context) {
    const once = ctx.options({ retryPolicy: new Never() });
    for (const error of thrown)
      try {
        yield* ctx.run(() => Promise.reject(error), once);
      } catch (error) {
        caught.push(error);
      }
    yield* ctx.promise();
  });
  const answer = body.run("a");
  await replay(resonate, "a:2");
  await answer;
  expect(caught).toHaveLength(4);
  expect(caught[0]).toBe(thrown[0]);
  expect(caught[1]).toBe(thrown[1]);
  for (const [index, name] of ["Named", "Error"].entries()) {
    const { message, stack } = thrown[index] as Error;
    const replayed = caught[index + 2];
    expect(replayed).toMatchObject({ name, message, stack });
    expectPlain(replayed);
  }
});

test("who asked for a run that threw is given the plain Error, even without a replay", async () => {
  const resonate = client();
  const body = resonate.register("body", function* (ctx: Context) {
    yield* ctx.run(async () => "made");
    throw new Named();
  });
  const error = await body.run("a").catch((reason) => reason);
  expect(error).toMatchObject({ name: "Named", message: "nobody opens" });
  expectPlain(error);
});

// Dependencies

test("a dependency is the very object that was set, in the body and in a step, live and in a replay", async () => {
  const resonate = client();
  const db = { queries: 0 };
  resonate.setDependency("db", db);
  const given: unknown[] = [];
  const body = resonate.register("body", function* (ctx: Context) {
    given.push(ctx.getDependency("db"));
    yield* ctx.run(async (leaf: Context) => {
      given.push(leaf.getDependency("db"));
    });
    yield* ctx.promise();
  });
  const answer = body.run("a");
  await replay(resonate, "a:1");
  await answer;
  expect(given).toHaveLength(3);
  for (const each of given) expect(each).toBe(db);
});

test("a dependency is never serialised: one that cannot be does its work", async () => {
  const resonate = client();
  const toJSON = vi.fn(() => {
    throw new Error("serialised");
  });
  resonate.setDependency("db", { toJSON, rows: 10n, ask: () => "asked" });
  const body = resonate.register("body", function* (ctx: Context) {
    const answer = yield* ctx.run(
      async (leaf: Context) => leaf.getDependency("db").ask() as string,
    );
    yield* ctx.promise();
    return answer;
  });
  const answer = body.run("a");
  await replay(resonate, "a:1");
  expect(await answer).toBe("asked");
  expect(toJSON).not.toHaveBeenCalled();
});

test("a dependency that was not set is undefined, and each client has its own", async () => {
  const [one, other] = [client(), client()];
  one.setDependency("db", "one");
  const look = async (ctx: Context) => typeof ctx.getDependency("db");
  expect(await one.register("look", look).run("a")).toBe("string");
  expect(await other.register("look", look).run("a")).toBe("undefined");
});

test("a body that uses a dependency outside of a step uses it again in each replay", async () => {
  const resonate = client();
  const ask = vi.fn();
  resonate.setDependency("db", { ask });
  const body = resonate.register("body", function* (ctx: Context) {
    ctx.getDependency("db").ask();
    yield* ctx.promise();
  });
  const answer = body.run("a");
  await replay(resonate, "a:0");
  await answer;
  expect(ask).toHaveBeenCalledTimes(2);
});

// The client

test("clients in memory share nothing, in one process", async () => {
  const [one, other] = [client(), client()];
  await one.register("body", async () => 1).run("a");
  await expect(other.get("a")).rejects.toThrow("not found");
});

test("without a server nothing outlives the process: the next one makes the same run again, from its first step", async () => {
  const cwd = temporaryFolder();
  const args = [`${process.cwd()}/snippets/demo.ts`, `${cwd}/ledger.db`];
  const first = await run(args);
  expect(first.stdout).toMatch(/debit +applied\n +credit +applied\n/);
  const second = await run(args);
  expect(second.stdout).toMatch(
    /debit +already applied\n +credit +already applied\n/,
  );
});

test("new Resonate() goes to the server that RESONATE_URL names, without being told", async () => {
  const server = await startDevServer();
  onTestFinished(() => server.stop());
  vi.stubEnv("RESONATE_URL", server.url);
  onTestFinished(() => void vi.unstubAllEnvs());
  await client()
    .register("body", async () => "recorded")
    .run("a");
  vi.stubEnv("RESONATE_URL", "");
  await expect(client().get("a")).rejects.toThrow("not found");
  const other = await client(server.url).get("a");
  expect(await other.result()).toBe("recorded");
});

test("on a server the same saga is made once: a second client, after the first has stopped, is given the recorded answer", async () => {
  const server = await startDevServer();
  onTestFinished(() => server.stop());
  for (const url of [server.url, inject("realServer")].filter(Boolean)) {
    const { db, held } = await openBank();
    let statements = 0;
    const counting = watch(db, (proceed) => {
      statements += 1;
      return proceed();
    });
    const ask = async (transfer = { ...order, id }) => {
      const resonate = new Resonate({ url: String(url), logger: silence });
      resonate.setDependency("db", counting);
      const saga = resonate.register("transferMoney", transferMoney);
      const result = await saga.run(transfer.id, transfer);
      await resonate.stop();
      return result;
    };
    const id = `test-${randomUUID()}`;
    const first = await ask();
    expect(first).toEqual({ transferId: id, status: "committed" });
    const made = statements;
    expect(made).toBeGreaterThan(0);
    expect(await ask()).toEqual(first);
    expect(statements).toBe(made);
    expect(await held()).toEqual({ alice: 150_00, bob: 50_00 });
  }
});

test("the swap's program says so when its server knows the id already", async () => {
  const server = await startDevServer();
  onTestFinished(() => server.stop());
  const env = { RESONATE_URL: server.url };
  const args = ["snippets/primitives/swap.ts", "--id", "once"];
  expect(await run(args, { env })).toMatchObject({ exitCode: 0, stderr: "" });
  expect(await run(args, { env })).toEqual({
    exitCode: 1,
    stdout: "",
    stderr: "once is taken here: give another by --id\n",
  });
});

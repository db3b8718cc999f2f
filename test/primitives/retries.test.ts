import {
  Constant,
  type Context,
  Exponential,
  Never,
  OptionsBuilder,
  Resonate,
} from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { watch } from "#snippets/crash/watch.ts";
import { closeBob } from "#snippets/support/bank.ts";
import { openBank, order, startEngine } from "../support/bank.ts";
import { client, minutes, replay, virtualTime } from "../support/client.ts";

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

/** A client whose lease outlasts the test, so that one loop tries a step. */
function longLease(): Resonate {
  const resonate = new Resonate({ ttl: minutes(8 * 24 * 60), logger: silence });
  onTestFinished(() => resonate.stop());
  return resonate;
}

test("with the default policy a credit that throws is still tried an hour later, and no catch has it", async () => {
  virtualTime(); // a default timeout of less than that ends it
  const resonate = longLease();
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

test("a leaf that is given no timeout has the SDK's, even in a run of seven days, and then the catch has its error", async () => {
  virtualTime();
  const resonate = longLease();
  const { body, tries } = failing(
    resonate,
    new Constant({ delay: minutes(30) }),
  );
  const week = resonate.options({ timeout: minutes(7 * 24 * 60) });
  const answer = body.run("a", undefined, week);
  await vi.advanceTimersByTimeAsync(minutes(25 * 60));
  const day = minutes(24 * 60);
  const { createdAt, timeoutAt } = await resonate.promises.get("a:0");
  expect(timeoutAt - createdAt).toBe(day);
  const { caughtAt } = (await answer) as { caughtAt: number };
  expect(caughtAt).toBe(tries.at(-1));
  expect(caughtAt).toBeGreaterThanOrEqual(day - minutes(60));
  expect(caughtAt).toBeLessThanOrEqual(day);
});

test("a step in memory that is retried past its lease is tried by one more loop for each lease", async () => {
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
  const loops = () => attempts.filter((attempt) => attempt === 1).length;
  await vi.advanceTimersByTimeAsync(minutes(0.9));
  expect(loops()).toBe(1);
  await vi.advanceTimersByTimeAsync(minutes(1));
  expect(loops()).toBe(2);
  await vi.advanceTimersByTimeAsync(minutes(8));
  expect(loops()).toBeGreaterThanOrEqual(9);
});

test("a step whose policy ends within the lease, asked again after a sleep, is tried by one loop at a time", async () => {
  virtualTime();
  const resonate = client();
  const retryPolicy = new Constant({ delay: 1_000, maxRetries: 9 });
  const attempts: number[] = [];
  let healed = false;
  const body = resonate.register("body", function* (ctx: Context) {
    for (;;)
      try {
        return yield* ctx.run(async ({ info }: Context) => {
          attempts.push(info.attempt);
          if (!healed) throw new Error("no");
          return "made";
        }, ctx.options({ retryPolicy }));
      } catch {
        yield* ctx.sleep(minutes(0.5));
      }
  });
  const answer = body.run("a");
  await vi.advanceTimersByTimeAsync(minutes(9.9));
  const rounds = attempts.filter((attempt) => attempt === 1).length;
  expect(rounds).toBeGreaterThan(10);
  const inTurn = attempts.map((_, index) => (index % 10) + 1);
  expect(attempts).toEqual(inTurn);
  healed = true;
  await vi.advanceTimersByTimeAsync(minutes(1));
  expect(await answer).toBe("made");
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

test("a deadline that passes after the credit tells the caller that it timed out, though both entries are made, and tells the same id so for ever", async () => {
  virtualTime();
  const { db, kinds } = await openBank();
  const slow = watch(db, async (proceed, values) => {
    const answer = await proceed();
    if (values.includes("credit"))
      await new Promise((done) => setTimeout(done, 3_000));
    return answer;
  });
  const { resonate, transfers } = startEngine(slow);
  const within = resonate.options({ timeout: 1_500 });
  const first = transfers.run(order.id, order, within).catch(String);
  await vi.advanceTimersByTimeAsync(minutes(5));
  expect(await first).toBe("Error: Promise timedout");
  expect(await kinds()).toEqual(["debit", "credit"]);
  const again = transfers.run(order.id, order).catch(String);
  await vi.advanceTimersByTimeAsync(minutes(5));
  expect(await again).toBe("Error: Promise timedout");
  expect(await kinds()).toEqual(["debit", "credit"]);
});

test("a reversal that fails when its next try would pass the deadline ends the run before it, with the reversal's error and the debit standing", async () => {
  virtualTime();
  const { db, kinds } = await openBank({ createdCents: -50_00 });
  let healed = false;
  const failingLedger = watch(db, async (proceed, values) => {
    if (values.includes("reversal") && !healed)
      throw new Error("the ledger is closed");
    return proceed();
  });
  const { resonate, transfers } = startEngine(failingLedger);
  const within = resonate.options({ timeout: 10_000 });
  const start = Date.now();
  await closeBob(db, true);
  const first = transfers.run(order.id, order, within).catch(String);
  const ended = first.then(() => Date.now() - start);
  await vi.advanceTimersByTimeAsync(minutes(2));
  expect(await first).toBe("Error: the ledger is closed");
  expect(await ended).toBeLessThan(10_000);
  healed = true;
  const again = transfers.run(order.id, order).catch(String);
  await vi.advanceTimersByTimeAsync(minutes(2));
  expect(await again).toBe("Error: the ledger is closed");
  expect(await kinds()).toEqual(["debit"]);
});

test("a run that is canceled while a step is at work keeps what that step makes, a debit alone or both entries, and its caller is told of neither", async () => {
  vi.spyOn(console, "error").mockImplementation(() => {}); // lost fences
  onTestFinished(() => void vi.restoreAllMocks());
  const made: Record<string, string[]> = {};
  for (const during of ["debit", "credit"]) {
    const createdCents = during === "debit" ? -50_00 : 0;
    const { db, kinds } = await openBank({ createdCents });
    const asked = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    const written = Promise.withResolvers<void>();
    const held = watch(db, async (proceed, values) => {
      if (!values.includes(during)) return proceed();
      asked.resolve();
      await opened.promise;
      const answer = await proceed();
      written.resolve();
      return answer;
    });
    const { resonate, transfers } = startEngine(held);
    const answer = transfers.run(order.id, order).catch(String);
    await asked.promise;
    await resonate.promises.cancel(order.id);
    expect(await answer).toBe("Error: Promise canceled");
    opened.resolve();
    await written.promise;
    made[during] = await kinds();
  }
  expect(made).toEqual({ debit: ["debit"], credit: ["debit", "credit"] });
});

test("a run that is canceled while it waits is not resumed: neither its catch nor its finally runs", async () => {
  virtualTime();
  const resonate = client();
  const after = vi.fn();
  const body = resonate.register("body", function* (ctx: Context) {
    try {
      yield* ctx.run(async () => "debit");
      yield* ctx.sleep(minutes(1));
      after("try");
    } catch {
      after("catch");
    } finally {
      after("finally");
    }
  });
  const answer = body.run("a").catch(String);
  await vi.advanceTimersByTimeAsync(minutes(0.5));
  await resonate.promises.cancel("a");
  await vi.advanceTimersByTimeAsync(minutes(5));
  expect(await answer).toBe("Error: Promise canceled");
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

import type { Context } from "@resonatehq/sdk";
import { expect, test, vi } from "vitest";
import { entriesFor } from "#snippets/transfer/entries-for.ts";
import { applyEntry } from "#snippets/transfer/ledger.ts";
import { openBank, order, orderFor } from "../support/bank.ts";
import { client, minutes, replay, virtualTime } from "../support/client.ts";

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

test("a check that is deployed stricter while a run is in flight is replayed, and ends the run with the debit standing", async () => {
  virtualTime();
  const { db, kinds } = await openBank({ createdCents: -50_00 });
  const resonate = client();
  resonate.setDependency("db", db);
  const { debit, credit } = entriesFor(await orderFor(db));
  let mostCents = 100_00;
  const body = resonate.register(
    "body",
    function* (ctx: Context, amountCents: number) {
      if (amountCents > mostCents) throw new Error("too much");
      yield* ctx.run(applyEntry, debit);
      yield* ctx.sleep(minutes(1)); // then comes a replay
      yield* ctx.run(applyEntry, credit);
    },
  );
  const answer = body.run("a", order.amountCents).catch(String);
  await vi.advanceTimersByTimeAsync(minutes(0.5));
  expect(await kinds()).toEqual(["debit"]);
  mostCents = order.amountCents - 1;
  await vi.advanceTimersByTimeAsync(minutes(1));
  expect(await answer).toBe("Error: too much");
  expect(await kinds()).toEqual(["debit"]);
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

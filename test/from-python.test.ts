import { type Context, Never, Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import type { LedgerDb } from "#snippets/transfer/ledger.ts";
import { startEngine } from "./support/bank.ts";

function startClient() {
  const resonate = new Resonate({ logLevel: "error" });
  onTestFinished(() => resonate.stop());
  return resonate;
}

test("without its star a yield runs the step all the same, and gives a result of any type", async () => {
  function* plain(ctx: Context): Generator<unknown, unknown> {
    const text: string = yield ctx.run(() => 1); // the compiler lets it pass
    return text;
  }
  function* starred(ctx: Context): Generator<unknown, unknown> {
    // @ts-expect-error: a number
    const text: string = yield* ctx.run(() => 1);
    return text;
  }
  const resonate = startClient();
  expect(await resonate.register("plain", plain).run("p")).toBe(1);
  expect(await resonate.register("starred", starred).run("s")).toBe(1);
});

test("options go last among the arguments of a step, and its leaf does not get them", async () => {
  const leaf = (_ctx: Context, ...args: string[]) => args;
  function* saga(ctx: Context): Generator<unknown, unknown> {
    const once = ctx.options({ retryPolicy: new Never() });
    return yield* ctx.run(leaf, "a", "b", once);
  }
  const { run } = startClient().register("saga", saga);
  expect(await run("s")).toEqual(["a", "b"]);
});

test("a leaf whose ledger nobody set says what to do", async () => {
  const { applyEntry } = startEngine(undefined as unknown as LedgerDb);
  const opId = "t1-debit";
  const debit = { opId, transferId: "t1", account: "alice", amountCents: -1 };
  await expect(applyEntry({ ...debit, kind: "debit" })).rejects.toThrow(
    'call resonate.setDependency("db", …) first',
  );
});

test("a saga that throws is not run again", async () => {
  let runs = 0;
  function* saga(ctx: Context): Generator<unknown, void> {
    runs += 1;
    yield* ctx.run(() => {});
    throw new Error("no");
  }
  const { run } = startClient().register("saga", saga);
  await expect(run("s")).rejects.toThrow("no");
  await expect(run("s")).rejects.toThrow("no");
  expect(runs).toBe(1);
});

test("a run has a day, unless its options say otherwise, in milliseconds", async () => {
  vi.useFakeTimers({ toFake: ["Date"] }); // it stands still
  onTestFinished(() => void vi.useRealTimers());
  const resonate = startClient();
  const { run } = resonate.register("nothing", () => {});
  const timeOf = async (id: string) => {
    const { createdAt, timeoutAt } = await resonate.promises.get(id);
    return Number(timeoutAt) - Number(createdAt);
  };
  await run("a");
  expect(await timeOf("a")).toBe(24 * 60 * 60 * 1_000);
  await run("b", resonate.options({ timeout: 5_000 }));
  expect(await timeOf("b")).toBe(5_000);
});

import { randomUUID } from "node:crypto";
import { type Context, Resonate } from "@resonatehq/sdk";
import { expect, inject, onTestFinished, test, vi } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { watch } from "#snippets/crash/watch.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { transferMoney } from "#snippets/transfer/transfer-money.ts";
import { openBank, order, orderFor } from "../support/bank.ts";
import { client, replay } from "../support/client.ts";
import { run } from "../support/run.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

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
      const result = await saga.run(transfer.id, await orderFor(db, transfer));
      await resonate.stop();
      return result;
    };
    const id = `test-${randomUUID()}`;
    const first = await ask();
    expect(first).toMatchObject({ transferId: id, status: "committed" });
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

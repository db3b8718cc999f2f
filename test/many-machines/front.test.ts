import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { answerOrders } from "#snippets/many-machines/answer-orders.ts";
import { alicePaysBob, openAccounts } from "#snippets/support/bank.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { ledgerIdOf } from "#snippets/transfer/accounts.ts";
import { transferAskingAgain } from "#snippets/transfer/ask-again.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { openBank } from "../support/bank.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const order = alicePaysBob("t1");

/** A dev server, two fronts, and a worker if it is told to work. */
async function place(patienceMs = 20_000) {
  const server = await startDevServer();
  onTestFinished(() => server.stop());
  const bank = await openBank();
  const client = (group: string) => {
    const resonate = new Resonate({ url: server.url, group, logger: silence });
    onTestFinished(() => resonate.stop());
    return resonate;
  };
  const front = (name: string) =>
    answerOrders(client(name), bank.db, "transfers", patienceMs);
  return {
    ...bank,
    server,
    fronts: [front("one"), front("other")] as const,
    work() {
      const worker = client("transfers");
      worker.setDependency("db", bank.db);
      worker.register("transferMoney", transferAskingAgain);
    },
  };
}
type Front = ReturnType<typeof answerOrders>;

async function post(front: Front, body: unknown) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const answer = await front.request("/transfers", {
    method: "POST",
    body: text,
  });
  return { status: answer.status, said: await answer.json(), answer };
}

async function ask(front: Front, id: string) {
  const answer = await front.request(`/transfers/${id}`);
  return { status: answer.status, said: await answer.json() };
}

test("a front answers 202 and an address, where it says that the transfer runs, and then how it ended", async () => {
  const { fronts, work, kinds } = await place();
  const [one, other] = fronts;
  const { status, said, answer } = await post(one, order);
  expect({ status, said }).toEqual({ status: 202, said: { id: "t1" } });
  expect(answer.headers.get("Location")).toBe("/transfers/t1");
  expect(await ask(other, "t1")).toEqual({
    status: 200,
    said: { id: "t1", status: "running" },
  });
  work();
  await vi.waitUntil(async () => (await kinds()).length === 2, 20_000);
  await vi.waitFor(
    async () =>
      expect(await ask(other, "t1")).toEqual({
        status: 200,
        said: { id: "t1", status: "committed" },
      }),
    20_000,
  );
  expect(await post(other, order)).toMatchObject({ status: 202 });
  expect(await kinds()).toEqual(["debit", "credit"]);
  expect(await ask(one, "t2")).toMatchObject({ status: 404 });
});

test("of two orders under one id, at once and at two fronts, one is answered 202 and one 409, with both orders", async () => {
  const { fronts, work, held } = await place();
  work();
  const orders = [order, { ...order, amountCents: 99_00 }];
  const answers = await Promise.all(
    orders.map((each, nth) => post(fronts[nth] as Front, each)),
  );
  const won = answers.findIndex(({ status }) => status === 202);
  const lost = answers[1 - won];
  expect(lost).toMatchObject({
    status: 409,
    said: { problem: "t1 is taken", kept: orders[won], order: orders[1 - won] },
  });
  const cents = orders[won]?.amountCents ?? 0;
  await vi.waitFor(
    async () =>
      expect(await held()).toEqual({ alice: 200_00 - cents, bob: cents }),
    20_000,
  );
});

test("a front refuses what is no transfer, and records nothing of it", async () => {
  const { fronts } = await place();
  for (const [body, problem] of [
    ["{", "the body is no JSON"],
    [null, "id must be a text, and not empty"],
    [{ ...order, amountCents: "5" }, "amountCents must be a positive integer"],
    [{ ...order, source: "nobody" }, "there is no account nobody"],
  ] as const)
    expect(await post(fronts[0], body)).toMatchObject({
      status: 400,
      said: { problem },
    });
  expect(await ask(fronts[0], "t1")).toMatchObject({ status: 404 });
  for (const [length, status] of [
    [4_096, 400],
    [4_097, 413],
  ] as const) {
    const answer = await fronts[0].request("/transfers", {
      method: "POST",
      body: "{}".padEnd(length),
      headers: { "Content-Length": `${length}` },
    });
    expect(answer.status).toBe(status);
  }
});

test("an engine that is away for too long is answered 503, and the same order is taken later", async () => {
  const { fronts, server, work, kinds } = await place(1_000);
  const port = Number(new URL(server.url).port);
  await server.stop();
  const [one] = fronts;
  const asked = performance.now();
  expect(await post(one, order)).toMatchObject({
    status: 503,
    said: { problem: "ask again, under the same id" },
  });
  expect(performance.now() - asked).toBeLessThan(5_000);
  expect(await ask(one, "t1")).toMatchObject({ status: 503 });
  const back = await startDevServer(port);
  onTestFinished(() => back.stop());
  expect(await post(one, order)).toMatchObject({ status: 202 });
  work();
  await vi.waitUntil(async () => (await kinds()).length === 2, 20_000);
});

test("an order that comes while the engine is away is asked for again, and taken when the engine is back", async () => {
  const { fronts, server, work, kinds } = await place();
  const port = Number(new URL(server.url).port);
  await server.stop();
  const waits = post(fronts[0], order);
  const isOver = vi.fn();
  waits.then(isOver);
  await expect(post(fronts[1], "{")).resolves.toMatchObject({ status: 400 });
  expect(isOver).not.toHaveBeenCalled();
  const back = await startDevServer(port);
  onTestFinished(() => back.stop());
  expect(await waits).toMatchObject({ status: 202 });
  work();
  await vi.waitUntil(async () => (await kinds()).length === 2, 20_000);
});

test("a transfer that failed says why", async () => {
  const { fronts, server } = await place();
  const worker = new Resonate({
    url: server.url,
    group: "transfers",
    logger: silence,
  });
  onTestFinished(() => worker.stop());
  worker.register("transferMoney", function* () {
    yield* [];
    throw new Error("the ledger is closed for the night");
  });
  await post(fronts[0], order);
  await vi.waitFor(
    async () =>
      expect(await ask(fronts[0], "t1")).toEqual({
        status: 200,
        said: {
          id: "t1",
          status: "failed",
          reason: "the ledger is closed for the night",
        },
      }),
    20_000,
  );
});

/** A front as a process, at a port of its own. */
async function deploy(url: string) {
  const file = join(temporaryFolder(), "shared.db");
  const db = openLedger(file);
  onTestFinished(() => void db.close());
  await openAccounts(db);
  const env = {
    ...process.env,
    RESONATE_URL: url,
    LEDGER_URL: file,
    LEDGER_ID: await ledgerIdOf(db),
    FRONT_PORT: "0",
  };
  const args = ["--import", "tsx", "snippets/many-machines/front.ts"];
  const front = spawn(process.execPath, args, { env });
  onTestFinished(() => void front.kill("SIGKILL"));
  let port: number | undefined;
  createInterface(front.stdout).on("line", (line) => {
    port ??= JSON.parse(line).front?.port;
  });
  await vi.waitUntil(() => port, 20_000);
  const post = () =>
    fetch(`http://127.0.0.1:${port}/transfers`, {
      method: "POST",
      body: JSON.stringify(order),
    });
  return { front, post };
}

test("a front that is deployed answers at its port, and ends when it is told to", async () => {
  const { server } = await place();
  const { front, post } = await deploy(server.url);
  expect((await post()).status).toBe(202);
  const ended = once(front, "exit");
  front.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

test("a front that is told to end answers first what it was asked", async () => {
  const { server } = await place();
  const { front, post } = await deploy(server.url);
  const port = Number(new URL(server.url).port);
  await server.stop();
  const waits = post();
  await setTimeout(500); // it cannot have been answered yet
  front.kill("SIGTERM");
  await setTimeout(500);
  const back = await startDevServer(port);
  onTestFinished(() => back.stop());
  expect((await waits).status).toBe(202);
});

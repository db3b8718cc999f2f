import { randomUUID } from "node:crypto";
import { type Context, Resonate } from "@resonatehq/sdk";
import { expect, inject, onTestFinished, test, vi } from "vitest";
import type { Question } from "#snippets/crash/wire.ts";
import { startClient } from "#snippets/crash-matrix/client.ts";
import type { Fate } from "#snippets/crash-matrix/host.ts";
import { nameOf } from "#snippets/crash-matrix/matrix.ts";
import { askForTransfer } from "#snippets/crash-matrix/one-transfer.ts";
import { outlast } from "#snippets/crash-matrix/outlast.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { openBank } from "#snippets/support/open-bank.ts";
import { entriesOf } from "#snippets/transfer/accounts.ts";
import { client, minutes, virtualTime } from "../support/client.ts";

test("on a server a step that outlasts its lease is called twice if it was begun by run, and once if by rpc", {
  timeout: 40_000,
}, async () => {
  const { url, stop } = await startDevServer();
  onTestFinished(stop);
  const entries = ["debit", "credit"];
  for (const server of [url, inject("realServer")].filter(Boolean)) {
    const id = randomUUID();
    const found = await Promise.all([
      outlast("run", `${id}-run`, server),
      outlast("rpc", `${id}-rpc`, server),
    ]);
    expect(found).toEqual([
      { calls: 2, entries, ends: true },
      { calls: 1, entries, ends: true },
    ]);
  }
});

test.for(["run", "rpc"] as const)(
  "in memory a step that outlasts its lease is called again at every lease, by %s, and its run does not end",
  async (how) => {
    virtualTime();
    const resonate = client();
    let calls = 0;
    let ended = 0;
    resonate.register("body", function* (ctx: Context) {
      yield* ctx.run(async () => {
        calls += 1;
        await new Promise((done) => setTimeout(done, minutes(3)));
        ended += 1;
      });
    });
    const end = vi.fn();
    resonate[how]("a", "body").then(end, end);
    await vi.advanceTimersByTimeAsync(minutes(60));
    expect(calls).toBeGreaterThanOrEqual(59);
    expect(calls).toBeLessThanOrEqual(61);
    expect(ended).toBeGreaterThan(50); // it does its work, again and again
    expect(end).not.toHaveBeenCalled();
    expect((await resonate.promises.get("a")).state).toBe("pending");
  },
);

/** A transfer whose first worker dies of the question of that name. */
async function deadAt(name: string, fate: Fate = "never came") {
  const transfer = await askForTransfer(openBank);
  onTestFinished(() => transfer.close());
  const { host, end } = transfer;
  await host.work(startClient(), end, (question) =>
    nameOf(question) === name ? fate : "answered",
  );
  return transfer;
}

/** What a second worker asks in a short while, after time was let pass. */
async function askedNext({ host, end }: Awaited<ReturnType<typeof deadAt>>) {
  const asked: Question[] = [];
  const enough = new Promise((done) => setTimeout(done, 100));
  await host.work(startClient(), Promise.race([enough, end]), (question) => {
    asked.push(question);
    return "never came";
  });
  return asked.map(nameOf);
}

test("a worker that died has its lease until that has passed, and nobody else is asked before", async () => {
  const transfer = await deadAt("write the credit");
  const { host } = transfer;
  const { taskTimeouts } = await host.look();
  const [{ timeout } = { timeout: 0 }] = taskTimeouts;
  expect(timeout).toBeGreaterThan(Date.now());
  await host.tick(timeout - 1);
  expect(await askedNext(transfer)).toEqual([]);
  await host.tick(timeout);
  expect(await askedNext(transfer)).toEqual(["take the transfer"]);
});

test("a transfer that no worker had taken yet is offered again after a time of the server's own, which is no lease", async () => {
  const transfer = await deadAt("take the transfer");
  const { host } = transfer;
  const { taskTimeouts, tasks } = await host.look();
  expect(tasks).toMatchObject([{ state: "pending" }]);
  const [{ timeout } = { timeout: 0 }] = taskTimeouts;
  expect(timeout).toBeGreaterThan(Date.now());
  await host.tick(timeout - 1);
  expect(await askedNext(transfer)).toEqual([]);
  await host.tick(timeout);
  expect(await askedNext(transfer)).toEqual(["take the transfer"]);
});

test("a transfer waits for a worker until its deadline, and not longer: then no worker is asked, and its debit stands", async () => {
  const transfer = await deadAt("write the credit");
  const { host, end } = transfer;
  const told = end.catch(String);
  const { promises } = await host.look();
  const run = promises.find(({ id }) => id === "t1");
  await host.tick(run?.timeoutAt ?? 0);
  expect(await told).toBe("Error: Promise timedout");
  expect(await askedNext(transfer)).toEqual([]);
  expect((await host.states()).get("t1")).toBe("rejected_timedout");
  const kinds = (await entriesOf(host.db, "t1")).map(({ kind }) => kind);
  expect(kinds).toEqual(["debit"]);
});

test("unless it is given another logger, a client warns of what the server refuses", async () => {
  const { url, stop } = await startDevServer();
  onTestFinished(stop);
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const error = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => void vi.restoreAllMocks());
  const id = randomUUID();
  const resonate = new Resonate({ url, group: id, ttl: 500 });
  onTestFinished(() => resonate.stop());
  const first = Promise.withResolvers<void>();
  let calls = 0;
  resonate.register("slow", function* (ctx: Context) {
    yield* ctx.run(async () => {
      calls += 1;
      if (calls === 1) await first.promise;
    });
  });
  await resonate.run(id, "slow"); // the second call ends it
  first.resolve();
  await vi.waitFor(() =>
    expect([...warn.mock.calls, ...error.mock.calls].length).toBeGreaterThan(0),
  );
});

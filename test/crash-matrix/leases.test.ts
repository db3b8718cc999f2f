import { randomUUID } from "node:crypto";
import { type Context, Resonate } from "@resonatehq/sdk";
import { expect, inject, onTestFinished, test, vi } from "vitest";
import { type CrashPoint, fateAt } from "#snippets/crash/crash-point.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { outlast } from "#snippets/crash-matrix/outlast.ts";
import { scenario } from "#snippets/crash-matrix/scenario.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { client, minutes, virtualTime } from "../support/client.ts";
import { begin } from "../support/simulate.ts";

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

/** A transfer whose first worker dies there. */
async function deadAt(point: CrashPoint) {
  const run = await begin();
  await run.work(startInProcess(scenario), ({ name }) => fateAt(point, name));
  return run;
}

/** What a second worker calls for in a short while, after time was let pass. */
async function calledNext(run: Awaited<ReturnType<typeof deadAt>>) {
  const called: string[] = [];
  const enough = new Promise((done) => setTimeout(done, 100));
  const until = Promise.race([enough, run.end]);
  const fateOf = ({ name }: { name: string }) => {
    called.push(name);
    return "before" as const;
  };
  await run.work(startInProcess(scenario), fateOf, until);
  return called;
}

/** It is offered when the server's time for it has passed, and not before. */
async function expectOfferInTime(run: Awaited<ReturnType<typeof deadAt>>) {
  const { taskTimeouts } = await run.server.snapshot();
  const [{ timeout } = { timeout: 0 }] = taskTimeouts;
  expect(timeout).toBeGreaterThan(Date.now());
  await run.server.tick(timeout - 1);
  expect(await calledNext(run)).toEqual([]);
  await run.server.tick(timeout);
  expect(await calledNext(run)).toEqual(["take-run"]);
}

test("a worker that died has its lease until that has passed, and nobody else is asked before", async () => {
  const run = await deadAt("before:write-credit");
  await expectOfferInTime(run);
});

test("a transfer that no worker had taken yet is offered again after a time of the server's own, which is no lease", async () => {
  const run = await deadAt("before:take-run");
  const { tasks } = await run.server.snapshot();
  expect(tasks).toMatchObject([{ state: "pending" }]);
  await expectOfferInTime(run);
});

test("a transfer waits for a worker until its deadline, and not longer: then no worker is asked, and its debit stands", async () => {
  const run = await deadAt("before:write-credit");
  const told = run.end.catch(String);
  const { promises } = await run.server.snapshot();
  const { timeoutAt } = promises.find(({ id }) => id === "t1") ?? {};
  await run.server.tick(timeoutAt ?? 0);
  expect(await told).toBe("Error: Promise timedout");
  expect(await calledNext(run)).toEqual([]);
  expect((await run.server.states()).get("t1")).toBe("rejected_timedout");
  expect(await run.world.written()).toEqual(["debit"]);
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

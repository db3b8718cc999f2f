import { setTimeout } from "node:timers/promises";
import { type Network, Resonate } from "@resonatehq/sdk";
import { afterEach, expect, test, vi } from "vitest";
import { describe } from "#snippets/crash/describe.ts";
import { orStuck, runSchedule } from "#snippets/crash/run-schedule.ts";
import { Server } from "#snippets/crash/server.ts";
import { Simulation } from "#snippets/crash/simulation.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import type { Called } from "#snippets/crash/wire.ts";
import { scenario } from "#snippets/crash-matrix/scenario.ts";
import { workOf } from "#snippets/crash-matrix/transfer-world.ts";
import { entriesFor } from "#snippets/transfer/entries-for.ts";
import { applyEntry } from "#snippets/transfer/ledger.ts";
import { begin, here, openDatabase, working } from "../support/simulate.ts";

afterEach(() => void vi.restoreAllMocks());

/** What the target says is not asked: it commits each time. */
const deaf = working(
  workOf(function* (ctx, order) {
    const { debit, credit } = entriesFor(order);
    yield* ctx.run(applyEntry, debit);
    yield* ctx.run(applyEntry, credit); // also to a closed account
    return { status: "committed" };
  }),
);

test("a transfer that does not end as the target says is an error, if the target does not change its mind", async () => {
  const stop = vi.spyOn(Resonate.prototype, "stop");
  const run = (path: string) => runSchedule(deaf, path, [], here(deaf));
  const message = "it committed: it should be compensated";
  await expect(run("rejects")).rejects.toMatchObject({
    message: `rejects, no crash: ${message}`,
    cause: { message },
  });
  expect(stop).toHaveBeenCalledTimes(2); // a worker, and a client
  expect(await run("rejects, then accepts")).toMatchObject({
    end: "committed",
  });
  await expect(run("sulks")).rejects.toThrow("the scenario has no path sulks");
});

test("a transfer that does not end within 20 seconds is an error", async () => {
  const passed = new AbortController();
  const wait = vi.spyOn(AbortSignal, "timeout");
  wait.mockReturnValue(passed.signal);
  const { end } = await begin();
  const either = orStuck(end);
  expect(wait.mock.calls).toEqual([[20_000]]);
  passed.abort();
  await expect(either).rejects.toThrow("it does not end");
});

test("nobody's program goes on for the sake of a transfer that is closed", async () => {
  const count = () =>
    process.getActiveResourcesInfo().filter((it) => it === "Timeout").length;
  await setTimeout(0); // after those of other tests
  const before = count();
  const accepts = { ends: ["committed"] };
  const run = await Simulation.begin(scenario, accepts, openDatabase);
  await run.work(startInProcess(scenario), () => "answered");
  await run.close();
  await vi.waitUntil(() => count() <= before);
});

test("a run that later has another answer is an error", async () => {
  const lie = (word: string) =>
    Buffer.from(JSON.stringify({ status: word })).toString("base64");
  let ended = false;
  const network = Object.getOwnPropertyDescriptor(Server.prototype, "network");
  vi.spyOn(Server.prototype, "network", "get").mockImplementation(function (
    this: Server,
  ) {
    const real: Network = network?.get?.call(this);
    const send: Network["send"] = async (request) => {
      const response = await real.send(request);
      const { promise } = response.data as {
        promise?: { state: string; value: { data: string } };
      };
      if (ended && promise?.state === "resolved")
        promise.value.data = lie("compensated");
      return response;
    };
    return { ...real, send };
  });
  const run = await begin();
  await run.work(startInProcess(scenario), () => "answered");
  expect(await run.check()).toBe("committed");
  ended = true;
  await expect(run.check()).rejects.toThrow(
    "it committed, and later the answer was another",
  );
});

test("a client that is left asks nothing more", async () => {
  const id = "t1";
  const message = {
    kind: "execute" as const,
    head: {},
    data: { task: { id, version: 1 } },
  };
  const left = startInProcess(scenario);
  const other = startInProcess(scenario);
  const called = { byLeft: [] as string[], byOther: [] as string[] };
  const note = (names: string[]) => (asked: Called) =>
    void names.push(describe(asked.call, scenario.steps));
  left.onCall(note(called.byLeft));
  other.onCall(note(called.byOther));
  await left.terminate();
  left.tell({ message });
  other.tell({ message });
  await vi.waitUntil(() => called.byOther.length > 0);
  await other.terminate();
  expect(called).toEqual({ byLeft: [], byOther: ["take-run"] });
});

test("a call has a name: its kind, and the step that it is for", () => {
  const head = { corrId: "", version: "" };
  const named = (to: string, method: string, ...args: unknown[]) =>
    describe({ to, method, args }, ["pay", "take"]);
  const request = (kind: string, data = {}) =>
    named("server", "send", { kind, head, data });
  const fence = (kind: string, id: string) =>
    request("task.fence", { action: { kind, data: { id } } });
  expect([
    request("task.acquire"),
    request("task.fulfill"),
    request("task.heartbeat"),
    request("promise.get"),
    fence("promise.create", "a:0"),
    fence("promise.settle", "a:1"),
    fence("promise.settle", "a:2"),
    named("ledger", "run", "INSERT pay", "a-take"),
    named("ledger", "get", "SELECT", 1, "pay"),
    named("ledger", "all", "SELECT pay"),
  ]).toEqual([
    "take-run",
    "record-result",
    "heartbeat",
    "promise-get",
    "begin-pay",
    "record-take",
    "record-2",
    "write-take",
    "read-pay",
    "read",
  ]);
});

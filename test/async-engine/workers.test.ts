import * as generator from "@resonatehq/sdk";
import * as async from "@resonatehq/sdk/async";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { scenario as asyncScenario } from "#snippets/async-engine/scenario.ts";
import type { CrashPoint } from "#snippets/crash/crash-point.ts";
import { runSchedule } from "#snippets/crash/run-schedule.ts";
import { startInProcess } from "#snippets/crash/start-in-process.ts";
import { startThread } from "#snippets/crash/start-thread.ts";
import { Threads } from "#snippets/crash/threads.ts";
import type { Call } from "#snippets/crash/wire.ts";
import { scenario } from "#snippets/crash-matrix/scenario.ts";
import { closeBob } from "#snippets/support/bank.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { openBank, order, orderFor } from "../support/bank.ts";
import { type Engine, startSaga, transfers } from "../support/engines.ts";
import { endsOf } from "../support/kill.ts";
import { here, namesOf } from "../support/simulate.ts";

const engines: [Engine][] = [["generator"], ["async"]];

const scenarioFile = (chapter: string) =>
  new URL(`../../snippets/${chapter}/scenario.ts`, import.meta.url);
const workers = {
  generator: new Threads(() => startThread(scenarioFile("crash-matrix"))),
  async: new Threads(() => startThread(scenarioFile("async-engine"))),
};
const next = {
  generator: () => workers.generator.next(),
  async: () => workers.async.next(),
};
const scenarios = { generator: scenario, async: asyncScenario };
const run = (engine: Engine, path: string, ...points: CrashPoint[]) =>
  runSchedule(scenarios[engine], path, points, here(scenarios[engine]));
afterAll(async () => {
  for (const threads of Object.values(workers)) await threads.close();
});

test.for([
  ["async", "async"],
  ["async", "generator"],
  ["generator", "async"],
] as const)(
  "killed at any single point, a transfer that the %s engine began is finished by the %s engine as if nothing had happened",
  { timeout: 120_000 },
  async ([first, successor]) => {
    const ends = async (target: "accepts" | "rejects") =>
      endsOf(target, next[first], () => startInProcess(scenarios[successor]));
    expect(await ends("accepts")).toEqual(Array(16).fill("committed"));
    expect(await ends("rejects")).toEqual(Array(24).fill("compensated"));
  },
);

test.for(engines)(
  "on the %s engine a worker that takes over from a dead one does not call a recorded step again",
  async ([engine]) => {
    const { history } = await run(engine, "accepts", "after:record-debit");
    expect(namesOf(history, 2)).toEqual([
      "take-run",
      "begin-credit",
      "write-credit",
      "record-credit",
      "record-result",
    ]);
  },
);

/** What is asked, without the hour, the traces of errors, and the ledger. */
function gist(call: Call) {
  const text = JSON.stringify(call, (key, value) =>
    ["corrId", "pid", "timeoutAt", "value"].includes(key) ? undefined : value,
  );
  return JSON.parse(text.replace(/\b[0-9a-f]{32}\b/g, "its ledger"));
}

test("both engines make the same calls of the server and the ledger, in the same order", async () => {
  for (const [path, calls] of [
    ["accepts", 8],
    ["rejects", 12],
  ] as const) {
    const called = async (engine: Engine) =>
      (await run(engine, path)).history.map(({ call }) => gist(call));
    const byGenerator = await called("generator");
    expect(byGenerator).toHaveLength(calls);
    expect(await called("async")).toEqual(byGenerator);
  }
});

test("on one server, a client of either engine has its transfer made by a worker of the other", async () => {
  const { db, kinds } = await openBank();
  const { url, stop } = await startDevServer();
  onTestFinished(stop);
  startSaga("generator", db, transfers, { url, group: "generator" });
  startSaga("async", db, transfers, { url, group: "async" });

  const oneClient = new generator.Resonate({ url, group: "client" });
  onTestFinished(() => oneClient.stop());
  const toAsync = oneClient.options({ target: "async" });
  expect(
    await oneClient.rpc("t1", "transferMoney", await orderFor(db), toAsync),
  ).toMatchObject({ status: "committed" });

  const otherClient = new async.Resonate({ url, group: "other-client" });
  onTestFinished(() => otherClient.stop());
  const toGenerator = otherClient.options({ target: "generator" });
  await closeBob(db, true);
  const transfer = await orderFor(db, { ...order, id: "t2" });
  const args = [transfer, toGenerator] as const;
  const handle = await otherClient.rpc("t2", "transferMoney", ...args);
  expect(await handle.result()).toMatchObject({ status: "compensated" });
  expect(await kinds("t1")).toEqual(["debit", "credit"]);
  expect(await kinds("t2")).toEqual(["debit", "reversal"]);
});

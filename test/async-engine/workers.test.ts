import * as generator from "@resonatehq/sdk";
import * as async from "@resonatehq/sdk/async";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { startThread } from "#snippets/crash/start-thread.ts";
import { Threads } from "#snippets/crash/threads.ts";
import type { Question } from "#snippets/crash/wire.ts";
import { nameOf } from "#snippets/crash-matrix/matrix.ts";
import { runSchedule } from "#snippets/crash-matrix/schedule.ts";
import { closeBob } from "#snippets/support/bank.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { openBank as open } from "#snippets/support/open-bank.ts";
import { openBank, order, orderFor } from "../support/bank.ts";
import { type Engine, startSaga, transfers } from "../support/engines.ts";
import { endsOf } from "../support/kill.ts";

const engines: [Engine][] = [["generator"], ["async"]];

const asyncWorker = new URL(
  "../../snippets/async-engine/worker.ts",
  import.meta.url,
);
const workers = {
  generator: new Threads(startThread),
  async: new Threads(() => startThread(asyncWorker)),
};
const next = {
  generator: () => workers.generator.next(),
  async: () => workers.async.next(),
};
const place = (engine: Engine) => ({ openBank: open, next: next[engine] });
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
      endsOf(target, next[first], next[successor]);
    expect(await ends("accepts")).toEqual(Array(16).fill("committed"));
    expect(await ends("rejects")).toEqual(Array(24).fill("compensated"));
  },
);

test.for(engines)(
  "on the %s engine a worker that takes over from a dead one does not call a recorded step again",
  async ([engine]) => {
    const recorded = { question: 3, fate: "unheard" } as const;
    const accepts: [boolean, boolean] = [false, false];
    const { asked } = await runSchedule(place(engine), accepts, [recorded]);
    const [first, second] = asked.map((each) => each.map(nameOf));
    expect(first?.at(-1)).toBe("record step 0");
    expect(second).toEqual([
      "take the transfer",
      "begin step 1",
      "write the credit",
      "record step 1",
      "record the result",
    ]);
  },
);

/** What is asked, without the hour, the traces of errors, and the ledger. */
function gist(question: Question) {
  const text = JSON.stringify(question, (key, value) =>
    ["corrId", "pid", "timeoutAt", "value"].includes(key) ? undefined : value,
  );
  return JSON.parse(text.replace(/\b[0-9a-f]{32}\b/g, "its ledger"));
}

test("both engines ask the server and the ledger the same questions, in the same order", async () => {
  for (const rejects of [false, true]) {
    const asked = async (engine: Engine) => {
      const whole = await runSchedule(place(engine), [rejects, rejects], []);
      return whole.asked.flat().map(gist);
    };
    const questions = await asked("generator");
    expect(questions).toHaveLength(rejects ? 12 : 8);
    expect(await asked("async")).toEqual(questions);
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

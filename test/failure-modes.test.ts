import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Network, Resonate } from "@resonatehq/sdk";
import {
  expect,
  inject,
  onTestFinished,
  type TestContext,
  test,
  vi,
} from "vitest";
import type { CrashPoint } from "#snippets/crash/crash-point.ts";
import type { Word } from "#snippets/failure-modes/stage/hold.ts";
import { show } from "#snippets/failure-modes/stage/show.ts";
import { openStage, type Stage } from "#snippets/failure-modes/stage/stage.ts";
import { alicePaysBob, closeBob } from "#snippets/support/bank.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { openBank } from "#snippets/support/open-bank.ts";
import { audit, entriesOf } from "#snippets/transfer/accounts.ts";
import {
  checkTransfer,
  type Transfer,
} from "#snippets/transfer/check-transfer.ts";
import { entriesFor } from "#snippets/transfer/entries-for.ts";
import { transferMoney } from "#snippets/transfer/transfer-money.ts";
import { byHand } from "./support/captured.ts";
import { readersFolder, run } from "./support/run.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

const realServer = inject("realServer");

/** On the dev server, and on a real one where it is given. */
const onEachServer =
  (scenario: (stage: Stage, order: Transfer) => Promise<void>) =>
  async ({ onTestFinished }: TestContext) => {
    for (const url of realServer ? [undefined, realServer] : [undefined]) {
      const id = `test-${randomUUID()}`;
      const folder = temporaryFolder(onTestFinished);
      const stage = await openStage(id, folder, url);
      try {
        const order = { id, source: "alice", target: "bob", amountCents: 5000 };
        await scenario(stage, order);
        const { heldCents, seededCents } = await audit(stage.db);
        expect(heldCents).toBe(seededCents);
      } finally {
        await stage.close();
      }
    }
  };

/** Runs a transfer until a worker holds at `point`, and kills that worker. */
async function dieAt(stage: Stage, point: CrashPoint, order: Transfer) {
  const worker = await stage.startWorker(() => {}, point);
  const transfer = await stage.begin(order);
  await worker.says((word) => word.says === "holds");
  await worker.kill();
  return transfer;
}

/** A worker that is to finish the transfer, and what it writes. */
async function takeOver(stage: Stage, point?: CrashPoint) {
  const writes: string[] = [];
  const hear = (word: Word) => {
    if (word.says === "wrote") writes.push(`${word.kind} ${word.outcome}`);
  };
  return { writes, worker: await stage.startWorker(hear, point) };
}

/** Where a transfer is: its entries, and the state of its run and steps. */
async function stateOf({ db, client }: Stage, id: string) {
  const entries = await entriesOf(db, id);
  const states: string[] = [];
  for (const promise of [id, `${id}:0`, `${id}:1`, `${id}:2`]) {
    const record = await client.promises.get(promise).catch(() => undefined);
    if (record) states.push(record.state);
  }
  return { entries: entries.map((entry) => entry.kind), states };
}

const committed = {
  entries: ["debit", "credit"],
  states: ["resolved", "resolved", "resolved"],
};
const compensated = {
  entries: ["debit", "reversal"],
  states: ["resolved", "resolved", "rejected", "resolved"],
};
const slow = { timeout: 60_000 };

test.concurrent(
  "when a worker dies between the debit and the credit, another goes on at the credit, and does not call the debit's leaf again",
  slow,
  onEachServer(async (stage, order) => {
    const transfer = await dieAt(stage, "before:write-credit", order);
    expect(await stateOf(stage, order.id)).toEqual({
      entries: ["debit"],
      states: ["pending", "resolved", "pending"],
    });
    const { writes } = await takeOver(stage);
    expect(await transfer.result()).toMatchObject({ status: "committed" });
    await vi.waitFor(() => expect(writes).toEqual(["credit applied"]));
    expect(await stateOf(stage, order.id)).toEqual(committed);
  }),
);

test.concurrent(
  "when a worker dies after the debit was written and before that was recorded, the leaf is called again, and writes nothing",
  slow,
  onEachServer(async (stage, order) => {
    const transfer = await dieAt(stage, "after:write-debit", order);
    expect(await stateOf(stage, order.id)).toEqual({
      entries: ["debit"],
      states: ["pending", "pending"],
    });
    const { writes } = await takeOver(stage);
    expect(await transfer.result()).toMatchObject({ status: "committed" });
    await vi.waitFor(() =>
      expect(writes).toEqual(["debit already applied", "credit applied"]),
    );
    expect(await stateOf(stage, order.id)).toEqual(committed);
  }),
);

test.concurrent(
  "when the credit is rejected, the worker reverses the debit, and the answer says why",
  slow,
  onEachServer(async (stage, order) => {
    const { writes } = await takeOver(stage);
    await closeBob(stage.db, true);
    const transfer = await stage.begin(order);
    expect(await transfer.result()).toEqual({
      transferId: order.id,
      status: "compensated",
      reason: "account bob is closed",
    });
    await vi.waitFor(() =>
      expect(writes).toEqual(["debit applied", "reversal applied"]),
    );
    expect(await stateOf(stage, order.id)).toEqual(compensated);
  }),
);

test.concurrent(
  "when a worker dies before it reverses the debit, another enters the catch again and reverses it",
  slow,
  onEachServer(async (stage, order) => {
    await closeBob(stage.db, true);
    const transfer = await dieAt(stage, "before:write-reversal", order);
    expect(await stateOf(stage, order.id)).toEqual({
      entries: ["debit"],
      states: ["pending", "resolved", "rejected", "pending"],
    });
    const { writes } = await takeOver(stage);
    expect(await transfer.result()).toMatchObject({
      status: "compensated",
      reason: "account bob is closed",
    });
    await vi.waitFor(() => expect(writes).toEqual(["reversal applied"]));
    expect(await stateOf(stage, order.id)).toEqual(compensated);
  }),
);

test.concurrent(
  "when a worker dies after it reversed the debit and before that was recorded, another calls the reversal again, and it writes nothing",
  slow,
  onEachServer(async (stage, order) => {
    await closeBob(stage.db, true);
    const transfer = await dieAt(stage, "after:write-reversal", order);
    expect(await stateOf(stage, order.id)).toEqual({
      entries: ["debit", "reversal"],
      states: ["pending", "resolved", "rejected", "pending"],
    });
    const { writes } = await takeOver(stage);
    expect(await transfer.result()).toMatchObject({ status: "compensated" });
    await vi.waitFor(() =>
      expect(writes).toEqual(["reversal already applied"]),
    );
    expect(await stateOf(stage, order.id)).toEqual(compensated);
  }),
);

test.concurrent(
  "the same id from two processes at once, from a third later, and with another amount: one execution, and one answer",
  slow,
  onEachServer(async (stage, order) => {
    const { writes } = await takeOver(stage);
    const other = { ...order, amountCents: 99_00 };
    const answers = [
      ...(await Promise.all([
        stage.askElsewhere(order),
        stage.askElsewhere(order),
      ])),
      await stage.askElsewhere(order),
      await stage.askElsewhere(other),
    ];
    const { id: transferId, source, target, amountCents } = order;
    const status = "committed";
    const answer = { transferId, status, source, target, amountCents };
    expect(answers).toEqual([answer, answer, answer, answer]);
    await vi.waitFor(() =>
      expect(writes).toEqual(["debit applied", "credit applied"]),
    );
    const entries = await entriesOf(stage.db, order.id);
    expect(entries.map((entry) => entry.amountCents)).toEqual([-5000, 5000]);
  }),
);

test.concurrent(
  "a worker that lives keeps its transfer past the lease; when it is killed, one that waits takes over",
  slow,
  onEachServer(async (stage, order) => {
    const first = await stage.startWorker(() => {}, "before:write-credit");
    const transfer = await stage.begin(order);
    await first.says((word) => word.says === "holds");
    const { writes } = await takeOver(stage);
    // There is no event for what does not happen: wait for three leases.
    await setTimeout(6_000);
    expect(writes).toEqual([]);
    await first.kill();
    expect(await transfer.result()).toMatchObject({ status: "committed" });
    await vi.waitFor(() => expect(writes).toEqual(["credit applied"]));
  }),
);

test.concurrent(
  "a worker that lives loses its transfer when a locked ledger blocks it for longer than its lease: the debit's leaf is called twice, and one debit is made",
  slow,
  onEachServer(async (stage, order) => {
    const heard: string[] = [];
    const hear = (word: Word) => {
      if (word.says === "wrote") heard.push(`${word.kind} ${word.outcome}`);
    };
    const workers = [
      await stage.startWorker(hear),
      await stage.startWorker(hear),
    ];
    stage.db.exec("BEGIN IMMEDIATE"); // nobody else can write
    const transfer = await stage.begin(order);
    // While the first waits for the lock, the server gives it to the second.
    await vi.waitFor(
      async () => expect(await versionOf(stage, order.id)).toBe(2),
      { timeout: 20_000, interval: 50 },
    );
    stage.db.exec("COMMIT");
    expect(await transfer.result()).toMatchObject({ status: "committed" });
    await vi.waitFor(
      () =>
        expect(heard.filter((it) => it.startsWith("debit")).sort()).toEqual([
          "debit already applied",
          "debit applied",
        ]),
      { timeout: 10_000 },
    );
    for (const worker of workers) await worker.kill(); // both were alive
  }),
);

/** How often the server has given a transfer to a worker. */
async function versionOf({ client }: Stage, id: string) {
  const { network } = client as unknown as { network: Network };
  // A real server takes no other, and the SDK exports it nowhere.
  const head = { corrId: "look", version: "2026-04-01" };
  const get = { kind: "task.get" as const, head, data: { id } };
  const { data } = await network.send(get);
  return typeof data === "object" && "task" in data ? data.task.version : 0;
}

// What is left behind

const ends = {
  "Ctrl-C": (pid: number) => process.kill(-pid, "SIGINT"),
  SIGTERM: (pid: number) => process.kill(pid, "SIGTERM"),
  SIGHUP: (pid: number) => process.kill(pid, "SIGHUP"),
  "a SIGKILL to it alone": (pid: number) => process.kill(pid, "SIGKILL"),
};

test.concurrent.for(Object.entries(ends))(
  "a program that is ended halfway, by %s, leaves no process behind",
  slow,
  async ([how, end], { expect, onTestFinished }) => {
    const folder = temporaryFolder(onTestFinished);
    expect(await endHalfway(end, { TMPDIR: folder })).not.toContain("is told");
    const left = readdirSync(folder).filter((name) =>
      name.startsWith("transfer-"),
    );
    if (how !== "a SIGKILL to it alone") expect(left).toEqual([]);
  },
);

/** Runs dies-between.ts until its first worker holds: what it printed. */
async function endHalfway(
  end: (pid: number) => void,
  env: NodeJS.ProcessEnv,
  ...args: string[]
) {
  const program = "snippets/failure-modes/dies-between.ts";
  const line = ["--import", "tsx", program, ...args];
  const child = spawn(process.execPath, line, {
    detached: true, // a group of its own, as a terminal gives it
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...env },
  });
  const pid = child.pid as number;
  let printed = "";
  const halfway = "about to write the credit";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    const before = printed.includes(halfway);
    printed += text;
    if (!before && printed.includes(halfway)) end(pid);
  });
  // Its workers print to where it does: closed is when none is left.
  await once(child, "close");
  return printed;
}

test.concurrent(
  "a run that a program left behind on a server is not finished by the workers of another, in the other's ledger",
  slow,
  async ({ expect, onTestFinished }) => {
    const { url, stop } = await startDevServer();
    onTestFinished(stop);
    const env = { RESONATE_URL: url };
    await endHalfway(ends["Ctrl-C"], env, "--id", "first");
    const program = "snippets/failure-modes/dies-between.ts";
    const args = [program, "--id", "second"];
    const cwd = readersFolder(onTestFinished);
    const { exitCode, stdout } = await run(args, { cwd, env });
    expect(exitCode).toBe(0);
    expect(stdout.match(/all accounts hold.*/g)?.at(-1)).toBe(
      "all accounts hold 200.00 of 200.00",
    );
    const client = new Resonate({ url, group: "onlooker" });
    onTestFinished(() => client.stop());
    for (const id of ["first", "first:1"])
      expect((await client.promises.get(id)).state, id).toBe("pending");
    // The same id, where a server has it from before, is one clear line.
    expect(await run([program, "--id", "first"], { cwd, env })).toMatchObject({
      exitCode: 1,
      stderr: "first is taken here: give another by --id\n",
    });
  },
);

test.concurrent(
  "the address of a server may end in a slash",
  slow,
  async ({ expect, onTestFinished }) => {
    const { url, stop } = await startDevServer();
    onTestFinished(stop);
    const cwd = readersFolder(onTestFinished);
    const env = { RESONATE_URL: `${url}/` };
    const program = "snippets/failure-modes/rejected.ts";
    const { exitCode, stdout } = await run([program], { cwd, env });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("is told: compensated");
  },
);

test.concurrent(
  "killed by hand before the credit, a worker leaves the debit, and the page shows what is printed of it",
  slow,
  async ({ expect, onTestFinished }) => {
    const cwd = readersFolder(onTestFinished);
    const { url, stop } = await startDevServer();
    onTestFinished(stop);
    const env = { RESONATE_URL: url };
    const ask = "snippets/failure-modes/ask.ts";
    await run([ask], { cwd, env });
    const worker = "snippets/failure-modes/worker.ts";
    const line = ["--import", "tsx", worker, "--hold", "before:write-credit"];
    const child = spawn(process.execPath, line, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    let printed = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      printed += text;
    });
    await vi.waitFor(() => expect(printed).toContain("now type: kill -9"), {
      timeout: 20_000,
    });
    child.kill("SIGKILL");
    await once(child, "exit");
    const { stdout } = await run([ask], { cwd, env });
    await expect(`$ npx tsx ${ask}\n${stdout}`).toMatchFileSnapshot(
      `outputs/${byHand}.txt`,
    );
  },
);

test.concurrent(
  "asked by hand on a new server, with the ledger of an old one, there is a transfer that nobody made yet",
  slow,
  async ({ expect, onTestFinished }) => {
    const cwd = readersFolder(onTestFinished);
    const ask = ["snippets/failure-modes/ask.ts"];
    const { url, stop } = await startDevServer();
    onTestFinished(stop);
    const env = { RESONATE_URL: url };
    const first = await run(ask, { cwd, env });
    expect(first.stdout).toMatch(/server {2}by-hand +pending/);
    const again = await run(ask, { cwd, env });
    expect(again.stdout).toMatch(/server {2}by-hand +pending/);

    const db = await openBank(join(cwd, "by-hand.db"));
    const resonate = new Resonate();
    resonate.setDependency("db", db);
    const { id } = alicePaysBob("by-hand");
    const order = await checkTransfer(alicePaysBob(id), db);
    const saga = resonate.register("transferMoney", transferMoney);
    await saga.run(id, order);
    await resonate.stop();
    db.close();

    const other = await startDevServer();
    onTestFinished(other.stop);
    for (const _ of ["asks", "looks"]) {
      const later = await run(ask, { cwd, env: { RESONATE_URL: other.url } });
      expect(later.stdout).toMatch(/server {2}by-hand-2 +pending/);
      expect(later.stdout).not.toContain("debit");
    }
  },
);

test("what is shown of a transfer is no mixture of before and after, though workers go on meanwhile", async () => {
  const stage = await openStage("test-show", temporaryFolder());
  onTestFinished(() => stage.close());
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  const order = await checkTransfer(alicePaysBob("t1"), stage.db);
  let looks = 0;
  const promises = {
    async get(id: string) {
      looks += 1;
      if (looks === 1) await applyAll(); // all is done during the first look
      if (id === "t1:2") throw new Error("not found");
      return { state: "resolved" };
    },
  };
  async function applyAll() {
    const { debit, credit } = entriesFor(order);
    const write = stage.db.prepare(
      "INSERT INTO entries VALUES (?, ?, ?, ?, ?)",
    );
    for (const entry of [debit, credit]) {
      const { opId, transferId, account, amountCents, kind } = entry;
      write.run(opId, transferId, account, amountCents, kind);
    }
  }
  const get = async () => ({ result: async () => "applied" });
  const client = { promises, get } as unknown as Resonate;
  await show({ db: stage.db, client }, "t1");
  expect(log.mock.calls.join("\n").trim().split("\n")).toEqual([
    "ledger  debit    alice  -50.00",
    "  ledger  credit   bob     50.00",
    "  ledger  all accounts hold 200.00 of 200.00",
    "  server  t1   resolved",
    "  server  t1:0 resolved applied",
    "  server  t1:1 resolved applied",
  ]);
});

import { fork } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { type Context, Never, Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test } from "vitest";
import { closeBob } from "#snippets/support/bank.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { openBank as openBankIn } from "#snippets/support/open-bank.ts";
import { audit, balances, entriesOf } from "#snippets/transfer/accounts.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { transferMoney } from "#snippets/transfer/transfer-money.ts";
import { transferInOne } from "#snippets/when-to-use/transfer-in-one.ts";
import { openBank, order, orderFor, startEngine } from "./support/bank.ts";
import { temporaryFolder } from "./support/temporary-folder.ts";

/** A ledger file where alice holds 200.00 and bob nothing. */
async function openFile() {
  const file = join(temporaryFolder(), "ledger.db");
  const db = await openBankIn(file);
  onTestFinished(() => void db.close());
  return { db, file };
}

test("a process that is killed between the two writes of one transaction leaves neither, and the transfer can be made again", async () => {
  const { db, file } = await openFile();
  const child = fork("snippets/when-to-use/dying-worker.ts", [file], {
    silent: true,
    execPath: process.execPath,
    execArgv: ["--import", "tsx"],
    cwd: resolve("."),
  });
  const [inside, [, signal]] = await Promise.all([
    text(child.stdout as Readable),
    once(child, "exit"),
  ]);
  expect(signal).toBe("SIGKILL");
  expect(inside).toBe("15000"); // it had written the debit, and no credit
  expect(await entriesOf(db, "transfer-001")).toEqual([]);
  expect(await audit(db)).toEqual({ seededCents: 200_00, heldCents: 200_00 });

  const again = { ...order, id: "transfer-001" };
  transferInOne(db, again);
  transferInOne(db, again);
  expect(await entriesOf(db, "transfer-001")).toMatchObject([
    { kind: "debit", amountCents: -50_00 },
    { kind: "credit", amountCents: 50_00 },
  ]);
});

test("in one transaction a credit that cannot be made takes its debit back: there is nothing to reverse", async () => {
  const { db, held, kinds } = await openBank();
  expect(() => transferInOne(db, { ...order, target: "nobody" })).toThrow(
    "FOREIGN KEY constraint failed",
  );
  expect(await kinds()).toEqual([]);
  expect(await held()).toEqual({ alice: 200_00, bob: 0 });
});

test("in one transaction, too, an entry is made once by its operation id, and a transfer that is none is refused", async () => {
  const { db } = await openBank();
  transferInOne(db, order);
  transferInOne(db, order);
  transferInOne(db, { ...order, id: "t2" });
  const made = [...(await entriesOf(db, "t1")), ...(await entriesOf(db, "t2"))];
  expect(made.map(({ opId }) => opId)).toEqual([
    "t1-debit",
    "t1-credit",
    "t2-debit",
    "t2-credit",
  ]);
  expect(() => transferInOne(db, { ...order, id: "t3", target: "" })).toThrow(
    "target must be a text, and not empty",
  );
});

test("one transaction credits no closed account, and what it made before stays made", async () => {
  const { db, kinds } = await openBank();
  await closeBob(db, true);
  expect(() => transferInOne(db, order)).toThrow("account bob is closed");
  expect(await kinds()).toEqual([]);
  await closeBob(db, false);
  transferInOne(db, order);
  await closeBob(db, true);
  transferInOne(db, order);
  expect(await kinds()).toEqual(["debit", "credit"]);
});

test("an id whose entries a saga has begun to make is refused by the one transaction, which makes none", async () => {
  const { db, kinds } = await openBank();
  const { transfers } = startEngine(db);
  await closeBob(db, true);
  await transfers.run("t1", order);
  await closeBob(db, false);
  expect(() => transferInOne(db, order)).toThrow("t1 was begun by a saga");
  expect(await kinds()).toEqual(["debit", "reversal"]);
});

test("no other connection sees a transfer half done, when one transaction makes both its entries", async () => {
  const { db, file } = await openFile();
  const reader = openLedger(file);
  onTestFinished(() => void reader.close());
  const sum = reader.prepare("SELECT SUM(amount_cents) FROM entries").pluck();
  const seen: unknown[] = [];
  db.function("look", (inside) => void seen.push({ inside, to: sum.get() }));
  db.exec(`
    CREATE TEMP TRIGGER looking BEFORE INSERT ON main.entries
      WHEN NEW.kind = 'credit'
      BEGIN SELECT look(SUM(amount_cents)) FROM main.entries; END`);
  transferInOne(db, order);
  expect(seen).toEqual([{ inside: 150_00, to: 200_00 }]);
  expect(sum.get()).toBe(200_00);
  expect(await balances(reader)).toEqual([
    { account: "alice", cents: 150_00 },
    { account: "bob", cents: 50_00 },
  ]);
});

test("one write with an idempotency key needs no engine: it is asked for again by another connection, and made once", async () => {
  const { file } = await openFile();
  for (const _ of ["whose answer is lost", "that asks again"]) {
    const db = openLedger(file); // one of its own
    db.prepare(
      `INSERT INTO entries VALUES ('t1-debit', 't1', 'alice', -5000, 'debit')
         ON CONFLICT (op_id) DO NOTHING`,
    ).run();
    db.close();
  }
  const db = openLedger(file);
  onTestFinished(() => void db.close());
  expect(await entriesOf(db, "t1")).toHaveLength(1);
  expect(await balances(db)).toContainEqual({
    account: "alice",
    cents: 150_00,
  });
});

test("a step that cannot be undone stays done when a later one fails, and is not done when it comes last", async () => {
  const { resonate } = startEngine((await openBank()).db);
  const letters: string[] = [];
  const send = async (_: Context, to: string) => void letters.push(to);
  const pay = async () => {
    throw new Error("no");
  };
  const once = resonate.options({ retryPolicy: new Never() });
  resonate.register("first", function* (ctx: Context) {
    yield* ctx.run(send, "sent first");
    yield* ctx.run(pay, ctx.options({ retryPolicy: new Never() }));
  });
  resonate.register("last", function* (ctx: Context) {
    yield* ctx.run(pay, ctx.options({ retryPolicy: new Never() }));
    yield* ctx.run(send, "sent last");
  });
  for (const order of ["first", "last"])
    await expect(resonate.run(order, order, once)).rejects.toThrow("no");
  expect(letters).toEqual(["sent first"]);
});

test("the saga that runs in memory runs unchanged on a server, to the same answer and the same entries", async () => {
  const { url, stop } = await startDevServer();
  onTestFinished(stop);
  const ends = [];
  for (const where of [{}, { url }]) {
    const { db, kinds } = await openBank();
    const resonate = new Resonate({ ...where, logLevel: "error" });
    onTestFinished(() => resonate.stop());
    resonate.setDependency("db", db);
    const transfers = resonate.register("transferMoney", transferMoney);
    const other = { ...order, id: "t2" };
    ends.push([
      await transfers.run(order.id, await orderFor(db)),
      await kinds(order.id),
      await closeBob(db, true),
      await transfers.run(other.id, await orderFor(db, other)),
      await kinds(other.id),
    ]);
  }
  expect(ends[0]).toMatchObject([
    { status: "committed" },
    ["debit", "credit"],
    undefined,
    { status: "compensated" },
    ["debit", "reversal"],
  ]);
  expect(ends[1]).toEqual(ends[0]);
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, onTestFinished, test, vi } from "vitest";
import { audit, balances, openAccount } from "../snippets/accounts.ts";
import { checkTransfer, type Transfer } from "../snippets/check-transfer.ts";
import type { Entry } from "../snippets/ledger.ts";
import { openLedger } from "../snippets/open-ledger.ts";
import { formatCents } from "../snippets/program.ts";
import { watch } from "../snippets/watch.ts";
import { openBank, order, startEngine } from "./bank.ts";
import { run, temporaryFolder } from "./run.ts";

const debit: Entry = {
  opId: "t1-debit",
  transferId: "t1",
  account: "alice",
  amountCents: -50_00,
  kind: "debit",
};
const credit: Entry = {
  opId: "t1-credit",
  transferId: "t1",
  account: "bob",
  amountCents: 50_00,
  kind: "credit",
};
const rejected: Transfer = { ...order, simulateCreditFailure: true };

// The ledger

test("an entry is made once, however often its leaf is called", async () => {
  const { db, held } = await openBank();
  const { applyEntry } = startEngine(db);
  await applyEntry({ ...credit, opId: "c" }); // what balances the debits
  expect(await applyEntry(debit)).toBe("applied");
  expect(await applyEntry(debit)).toBe("already applied");
  expect(await applyEntry({ ...debit, account: "gone" })).toBe(
    "already applied",
  );
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00 });
});

test("an entry that the schema forbids is an error, and not 'already applied'", async () => {
  const { db, kinds } = await openBank();
  const { applyEntry } = startEngine(db);
  const forbidden = {
    kind: /CHECK constraint failed: kind IN/,
    transferId: /CHECK constraint failed: \(transfer_id IS NULL\)/,
    opId: /NOT NULL constraint failed: entries.op_id/,
    amountCents: /NOT NULL constraint failed: entries.amount_cents/,
  };
  for (const [column, message] of Object.entries(forbidden))
    await expect(
      applyEntry({ ...debit, [column]: column === "kind" ? "fee" : null }),
    ).rejects.toThrow(message);
  await expect(applyEntry({ ...debit, amountCents: 0.5 })).rejects.toThrow(
    "cannot store REAL value in INTEGER column",
  );
  expect(await kinds()).toEqual([]);
});

test("INSERT OR IGNORE takes a forbidden entry for one that is there already", async () => {
  const { db } = await openBank();
  const ignoring = db.prepare(
    "INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?, ?)",
  );
  expect(ignoring.run("t1-fee", "t1", "alice", -1, "fee").changes).toBe(0);
  expect(ignoring.run("t1-debit", "t1", "alice", null, "debit").changes).toBe(
    0,
  );
  expect(ignoring.run("seed:alice", null, "alice", 1, "seed").changes).toBe(0);
});

test("the ledger only grows: an update, a delete and a replace are refused", async () => {
  const { db } = await openBank();
  await startEngine(db).transfers.run(order.id, order);
  const before = db.prepare("SELECT * FROM entries").all();
  for (const { name } of db.prepare("PRAGMA table_info(entries)").all() as {
    name: string;
  }[])
    expect(() => db.exec(`UPDATE entries SET ${name} = 1`), name).toThrow(
      "the ledger only grows",
    );
  for (const { op_id } of before as { op_id: string }[])
    expect(() =>
      db.prepare("DELETE FROM entries WHERE op_id = ?").run(op_id),
    ).toThrow("the ledger only grows");
  expect(() =>
    db.exec("INSERT OR REPLACE INTO entries SELECT * FROM entries"),
  ).toThrow("the ledger only grows");
  expect(db.prepare("SELECT * FROM entries").all()).toEqual(before);
});

test("an entry belongs to an account that is there", async () => {
  const { db } = await openBank();
  expect(() =>
    db.exec("INSERT INTO entries VALUES ('x', 't', 'gone', 1, 'credit')"),
  ).toThrow("FOREIGN KEY constraint failed");
});

test("cents become text by whole numbers alone", () => {
  const texts = [0, 5, -5, 100, 1205, -1205, 1999, Number.MAX_SAFE_INTEGER];
  expect(texts.map(formatCents)).toEqual([
    "0.00",
    "0.05",
    "-0.05",
    "1.00",
    "12.05",
    "-12.05",
    "19.99",
    "90071992547409.91",
  ]);
});

test("an account is opened once, with a whole number of cents", async () => {
  const { db, held } = await openBank();
  await openAccount(db, "alice", 999_00);
  expect(await held()).toEqual({ alice: 200_00, bob: 0 });
  for (const cents of [0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])
    await expect(openAccount(db, "carol", cents)).rejects.toThrow(
      `not a whole, safe number of cents: ${cents}`,
    );
  for (const name of ["", "a\0b", "a\ud800"])
    await expect(openAccount(db, name, 1)).rejects.toThrow("needs a name");
  expect(await held()).toEqual({ alice: 200_00, bob: 0 });
});

test("a sum that a number cannot hold exactly is an error", async () => {
  const db = openLedger();
  await openAccount(db, "alice", Number.MAX_SAFE_INTEGER);
  expect(await audit(db)).toEqual({
    seededCents: Number.MAX_SAFE_INTEGER,
    heldCents: Number.MAX_SAFE_INTEGER,
  });
  await openAccount(db, "bob", 1);
  await expect(audit(db)).rejects.toThrow("safe number of cents");
  const { transfers } = startEngine(db);
  await transfers.run("t1", { ...order, source: "bob", target: "alice" });
  await expect(balances(db)).rejects.toThrow("safe number of cents");

  // Also where only one of the two sums is too large.
  const { applyEntry } = startEngine(db);
  await applyEntry({ ...debit, opId: "d" });
  await expect(audit(db)).rejects.toThrow("safe number of cents");
  db.close();
  const other = openLedger();
  await openAccount(other, "bob", 1);
  const amountCents = Number.MAX_SAFE_INTEGER;
  await startEngine(other).applyEntry({ ...credit, amountCents });
  await expect(audit(other)).rejects.toThrow("safe number of cents");
  other.close();
});

test("a ledger file keeps its entries, and is written ahead", async () => {
  const file = join(temporaryFolder(), "ledger.db");
  const first = openLedger(file);
  await openAccount(first, "alice", 200_00);
  expect(first.pragma("journal_mode", { simple: true })).toBe("wal");
  first.close();
  const second = openLedger(file);
  expect(await balances(second)).toEqual([{ account: "alice", cents: 200_00 }]);
  expect(second.pragma("foreign_keys", { simple: true })).toBe(1);
  second.close();
});

test("what is not a ledger, or cannot be written, is one clear error", async () => {
  const folder = temporaryFolder();
  const file = (name: string) => join(folder, name);
  writeFileSync(file("notes.txt"), "not a database, and long enough for one");
  new Database(file("shop.db")).exec("CREATE TABLE goods (n)").close();
  const marked = new Database(file("marked.db"));
  marked.pragma("application_id = 7");
  marked.close();
  openLedger(file("read-only.db")).close();
  const bytes = readFileSync(file("read-only.db"));
  bytes[18] = 3; // the header's write version: a later SQLite's, so read only
  writeFileSync(file("read-only.db"), bytes);

  for (const [name, reason] of Object.entries({
    ".": "unable to open database file",
    "missing/ledger.db":
      "Cannot open database because the directory does not exist",
    "notes.txt": "file is not a database",
    "shop.db": "it is a database, but not a ledger",
    "marked.db": "it is a database, but not a ledger",
    "read-only.db": "attempt to write a readonly database",
  })) {
    expect(() => openLedger(file(name)), name).toThrow(
      expect.objectContaining({
        message: `cannot open ${file(name)}: ${reason}`,
        cause: expect.objectContaining({ message: reason }),
      }),
    );
    const { exitCode, stdout, stderr } = await run([
      "snippets/demo.ts",
      file(name),
    ]);
    expect({ exitCode, stdout, stderr }, name).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `cannot open ${file(name)}: ${reason}\n`,
    });
  }
});

test("on a Node that the database does not run on, the ledger says what to do", () => {
  const onNode = (node: string) =>
    vi.stubGlobal("process", { versions: { node } });
  onTestFinished(() => void vi.unstubAllGlobals());
  onNode("20.19.0");
  expect(() => openLedger()).toThrow(
    "this is Node 20.19.0, and the ledger needs 22 or newer: start the program with npx",
  );
  onNode("22.18.0");
  openLedger().close();
});

// The saga

test("a transfer that commits is a debit and a credit, and no reversal", async () => {
  const { db, held, kinds } = await openBank();
  const { transfers } = startEngine(db);
  expect(await transfers.run(order.id, order)).toEqual({
    transferId: order.id,
    status: "committed",
  });
  expect(await kinds()).toEqual(["debit", "credit"]);
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00 });
});

test("a rejected credit is compensated: a debit and a reversal, no credit, and the result says why", async () => {
  const { db, held, kinds } = await openBank();
  const { transfers } = startEngine(db);
  expect(await transfers.run(order.id, rejected)).toEqual({
    transferId: order.id,
    status: "compensated",
    reason: "the target rejects the credit",
  });
  expect(await kinds()).toEqual(["debit", "reversal"]);
  expect(await held()).toEqual({ alice: 200_00, bob: 0 });
});

test("a target that does not exist rejects the credit", async () => {
  const { db, kinds } = await openBank();
  const { transfers } = startEngine(db);
  expect(
    await transfers.run(order.id, { ...order, target: "nobody" }),
  ).toMatchObject({
    status: "compensated",
    reason: "there is no account nobody",
  });
  expect(await kinds()).toEqual(["debit", "reversal"]);
});

test("a transfer that was debited ends as committed or as compensated, and never as anything else", async () => {
  const { db, kinds } = await openBank();
  const { transfers } = startEngine(db);
  for (const amountCents of [1, 50_00, 200_00, 1_000_000_00])
    for (const target of ["bob", "nobody"])
      for (const simulateCreditFailure of [false, true]) {
        const id = `${amountCents} to ${target}, ${simulateCreditFailure}`;
        const { status } = await transfers.run(id, {
          ...order,
          id,
          target,
          amountCents,
          simulateCreditFailure,
        });
        const commits = target === "bob" && !simulateCreditFailure;
        expect(status, id).toBe(commits ? "committed" : "compensated");
        expect(await kinds(id), id).toEqual([
          "debit",
          commits ? "credit" : "reversal",
        ]);
      }
});

test("the credit is tried once, whatever it throws, and then the catch has it", async () => {
  const { db } = await openBank();
  let looks = 0;
  let tries = 0;
  const counting = watch(db, (proceed, values, sql) => {
    if (sql.startsWith("SELECT 1 FROM entries")) looks += 1;
    if (values.includes("credit") && ++tries) throw new Error("no answer");
    return proceed();
  });
  const { transfers } = startEngine(counting);
  await transfers.run(order.id, rejected);
  expect(looks).toBe(1);
  await transfers.run("t2", { ...order, id: "t2" });
  expect(tries).toBe(1);
});

test("a debit or a reversal that fails is tried again and again", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { db, kinds } = await openBank();
  const failures = { debit: 0, reversal: 0 };
  const failing = watch(db, (proceed, values) => {
    for (const kind of ["debit", "reversal"] as const)
      if (values.includes(kind) && failures[kind]++ < 5)
        throw new Error(`the ${kind} fails`);
    return proceed();
  });
  const { transfers } = startEngine(failing);
  const ended = transfers.run(order.id, rejected);
  await vi.advanceTimersByTimeAsync(240_000);
  expect(await ended).toMatchObject({ status: "compensated" });
  expect(failures).toEqual({ debit: 6, reversal: 6 });
  expect(await kinds()).toEqual(["debit", "reversal"]);
});

test("each step's result is recorded before the next step starts", async () => {
  const { db } = await openBank();
  const seen: Record<string, string> = {};
  const watched = watch(db, async (proceed, values) => {
    const next = { credit: ["t1:0", "t1:1"], reversal: ["t2:1", "t2:2"] };
    for (const [kind, ids] of Object.entries(next))
      for (const id of values.includes(kind) ? ids : [])
        seen[id] = (await resonate.promises.get(id)).state;
    return proceed();
  });
  const { resonate, transfers } = startEngine(watched);
  await transfers.run(order.id, order);
  await transfers.run("t2", { ...rejected, id: "t2" });
  expect(seen).toEqual({
    "t1:0": "resolved",
    "t1:1": "pending",
    "t2:1": "rejected",
    "t2:2": "pending",
  });
  expect(await (await resonate.get("t1:0")).result()).toBe("applied");
  expect(await (await resonate.get("t1:1")).result()).toBe("applied");
});

test("the ledger has no column for the state of a transfer", async () => {
  const { db } = await openBank();
  const columns = db.prepare(
    `SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_info(t.name) c
     WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite%' ORDER BY t.name, c.cid`,
  );
  expect(columns.pluck().all()).toEqual([
    "accounts.id",
    "entries.op_id",
    "entries.transfer_id",
    "entries.account",
    "entries.amount_cents",
    "entries.kind",
  ]);
});

// What the saga does not protect from

test("a credit that was made, but whose answer is lost, is reversed all the same: money is created", async () => {
  const { db, kinds } = await openBank({ createdCents: 50_00 });
  const losing = watch(db, async (proceed, values) => {
    const answer = await proceed();
    if (values.includes("credit")) throw new Error("the answer is lost");
    return answer;
  });
  const { transfers } = startEngine(losing);
  expect(await transfers.run(order.id, order)).toMatchObject({
    status: "compensated",
    reason: "the answer is lost",
  });
  expect(await kinds()).toEqual(["debit", "credit", "reversal"]);
});

test("a source that has not enough is debited all the same", async () => {
  const { db, held } = await openBank();
  const { transfers } = startEngine(db);
  await transfers.run(order.id, { ...order, amountCents: 200_01 });
  expect(await held()).toEqual({ alice: -1, bob: 200_01 });
});

test("between the debit and the credit the money is in neither account", async () => {
  const { db, held } = await openBank();
  let between: unknown;
  const watched = watch(db, async (proceed, values) => {
    if (values.includes("credit")) between = await held();
    return proceed();
  });
  await startEngine(watched).transfers.run(order.id, order);
  expect(between).toEqual({ alice: 150_00, bob: 0 });
});

// The two layers of idempotency

test("a run that has ended is not run again: the same id gets the same answer", async () => {
  const { db, kinds } = await openBank();
  let statements = 0;
  const counting = watch(db, (proceed) => {
    statements += 1;
    return proceed();
  });
  const { transfers } = startEngine(counting);
  const first = await transfers.run(order.id, order);
  const ran = statements;
  expect(ran).toBeGreaterThan(0);
  expect(await transfers.run(order.id, order)).toEqual(first);
  expect(statements).toBe(ran);
  expect(await kinds()).toEqual(["debit", "credit"]);
});

test("the same id on a fresh store runs the saga again, and no money moves if the target answers as before", async () => {
  const { db, held, kinds } = await openBank();
  const first = startEngine(db);
  await first.transfers.run("committed", { ...order, id: "committed" });
  await first.transfers.run("reversed", { ...rejected, id: "reversed" });
  const fresh = startEngine(db);
  await fresh.transfers.run("committed", { ...order, id: "committed" });
  await fresh.transfers.run("reversed", { ...rejected, id: "reversed" });
  const recorded = async (id: string) =>
    (await fresh.resonate.get(id)).result();
  for (const id of ["committed:0", "committed:1", "reversed:0", "reversed:2"])
    expect(await recorded(id), id).toBe("already applied");
  expect(await kinds("committed")).toEqual(["debit", "credit"]);
  expect(await kinds("reversed")).toEqual(["debit", "reversal"]);
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00 });
});

test("a credit that was made cannot be rejected any more", async () => {
  const { db, kinds } = await openBank();
  await startEngine(db).transfers.run(order.id, order);
  const fresh = startEngine(db);
  expect(await fresh.creditTarget(credit, true)).toBe("already applied");
  expect(await fresh.transfers.run(order.id, rejected)).toMatchObject({
    status: "committed",
  });
  expect(await kinds()).toEqual(["debit", "credit"]);
});

test("a target that closes after the credit was made, and before that was recorded, does not undo it", async () => {
  const { db, kinds } = await openBank();
  const forever = new Promise(() => {});
  const credited = Promise.withResolvers<void>();
  const dying = startEngine(
    watch(db, async (proceed, values) => {
      const result = await proceed();
      if (!values.includes("credit")) return result;
      credited.resolve();
      return forever; // the engine never hears of it
    }),
  );
  void dying.transfers.run(order.id, order);
  await credited.promise;
  expect(await kinds()).toEqual(["debit", "credit"]);
  expect((await dying.resonate.promises.get("t1:1")).state).toBe("pending");

  db.pragma("foreign_keys = OFF");
  db.exec("DELETE FROM accounts WHERE id = 'bob'");
  db.pragma("foreign_keys = ON");

  expect(await startEngine(db).transfers.run(order.id, order)).toMatchObject({
    status: "committed",
  });
  expect(await kinds()).toEqual(["debit", "credit"]);
});

// What operation ids do not protect from

test("a compensated id on a fresh store, and a target that has changed its mind: money is created", async () => {
  const { db, kinds } = await openBank({ createdCents: 50_00 });
  await startEngine(db).transfers.run(order.id, rejected);
  await startEngine(db).transfers.run(order.id, order);
  expect(await kinds()).toEqual(["debit", "reversal", "credit"]);
});

test("the same id with another amount, on a fresh store, is taken for the same transfer", async () => {
  const { db, held } = await openBank();
  await startEngine(db).transfers.run(order.id, order);
  const other = { ...order, amountCents: 99_00 };
  const answer = await startEngine(db).transfers.run(order.id, other);
  expect(answer).toMatchObject({ status: "committed" });
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00 });
});

test("ids that differ only in case are two transfers", async () => {
  const { db, held } = await openBank();
  const { transfers } = startEngine(db);
  await transfers.run("t1", order);
  await transfers.run("T1", { ...order, id: "T1" });
  expect(await held()).toEqual({ alice: 100_00, bob: 100_00 });
});

// Bad input

const bad: [what: string, patch: object, message: string][] = [
  ["an empty id", { id: "" }, "id must be a text, and not empty"],
  ["an id with a colon", { id: "a:b" }, "id must have no ':'"],
  ["an id with a null byte", { id: "a\0b" }, "id must be well-formed"],
  [
    "an id that is half a character",
    { id: "a\ud800" },
    "id must be well-formed",
  ],
  ["an id that is a number", { id: 7 }, "id must be a text, and not empty"],
  ["a source with a null byte", { source: "a\0b" }, "source must be"],
  ["a target that is half a character", { target: "a\ud800" }, "target must"],
  ["a target that is a number", { target: 7 }, "target must be a text"],
  [
    "a rejection that is a text",
    { simulateCreditFailure: "no" },
    "true or false",
  ],
  [
    "a rejection that is null",
    { simulateCreditFailure: null },
    "true or false",
  ],
  ["an empty source", { source: "" }, "source must be a text, and not empty"],
  ["an empty target", { target: "" }, "target must be a text, and not empty"],
  ["a transfer to oneself", { target: "alice" }, "are the same account"],
  ["no amount", { amountCents: undefined }, "must be a positive integer"],
  ["an amount of zero", { amountCents: 0 }, "must be a positive integer"],
  ["a negative amount", { amountCents: -1 }, "must be a positive integer"],
  ["half a cent", { amountCents: 0.5 }, "must be a positive integer"],
  [
    "an amount that is not a number",
    { amountCents: "5" },
    "must be a positive integer",
  ],
  [
    "an amount past all safe integers",
    { amountCents: 2 ** 53 },
    "must be a positive integer",
  ],
];

test.for(bad)(
  "%s is refused by the check, which writes nothing, and by the saga before any step",
  async ([, patch, message]) => {
    const { db, kinds } = await openBank();
    const { resonate, transfers } = startEngine(db);
    const transfer = { ...order, ...patch };
    const refused = {
      name: "InvalidTransfer",
      message: expect.stringContaining(message),
    };
    const before = db.serialize();
    await expect(checkTransfer(transfer, db)).rejects.toMatchObject(refused);
    expect(db.serialize().equals(before)).toBe(true);
    // The saga refuses it too, for a caller that did not ask.
    const { id } = transfer as { id: string };
    const runId = /^[^:\0]+$/.test(id) ? String(id) : "run";
    await expect(transfers.run(runId, transfer)).rejects.toMatchObject(refused);
    await expect(resonate.get(`${runId}:0`)).rejects.toThrow("not found");
    expect(await kinds()).toEqual([]);
  },
);

test("a run with another id than its transfer is refused", async () => {
  const { db, kinds } = await openBank();
  const { transfers } = startEngine(db);
  await expect(transfers.run("t2", order)).rejects.toThrow(
    "the run must have the transfer's id",
  );
  expect(await kinds()).toEqual([]);
});

test("a source that does not exist is refused by the check, and by the debit without a retry", async () => {
  const { db, kinds } = await openBank();
  const transfer = { ...order, source: "nobody" };
  await expect(checkTransfer(transfer, db)).rejects.toMatchObject({
    name: "InvalidTransfer",
    message: "there is no account nobody",
  });
  const { transfers } = startEngine(db);
  await expect(transfers.run(order.id, transfer)).rejects.toMatchObject({
    name: "TransferRejected",
    message: "there is no account nobody",
  });
  expect(await kinds()).toEqual([]);
});

test("an id that the engine refuses is refused by the check", async () => {
  const { db } = await openBank();
  const { transfers } = startEngine(db);
  for (const id of ["", "a:b", ":", "a\0b"]) {
    const transfer = { ...order, id };
    await expect(transfers.run(id, transfer)).rejects.toThrow("Invalid id");
    await expect(checkTransfer(transfer, db)).rejects.toThrow(/^id must/);
  }
  for (const id of ["a", "a.b", "a b", "ü", "transfer-001"]) {
    const transfer = { ...order, id, target: id === "a" ? "nobody" : "bob" };
    await checkTransfer(transfer, db);
    await transfers.run(id, transfer);
  }
});

test("a leaf without a ledger says what to call", async () => {
  const { applyEntry } = startEngine(undefined as never);
  await expect(applyEntry(debit)).rejects.toThrow(
    'call resonate.setDependency("db", …) first',
  );
});

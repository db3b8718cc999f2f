import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Never } from "@resonatehq/sdk";
import Database from "better-sqlite3";
import { expect, onTestFinished, test, vi } from "vitest";
import { openAccounts } from "#snippets/support/bank.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import {
  audit,
  balances,
  closeAccount,
  ledgerIdOf,
  openAccount,
  reopenAccount,
} from "#snippets/transfer/accounts.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { entries, openBank, order, startEngine } from "../support/bank.ts";
import { run } from "../support/run.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const { debit, credit, reversal } = entries;

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

test("another connection, with no setting of ours, cannot replace an entry either, by its operation id or by its row", async () => {
  const file = join(temporaryFolder(), "ledger.db");
  const ours = openLedger(file);
  onTestFinished(() => void ours.close());
  await openAccounts(ours);
  await startEngine(ours).transfers.run(order.id, order);
  const before = ours.prepare("SELECT * FROM entries").all();

  const other = new Database(file);
  onTestFinished(() => void other.close());
  expect(other.pragma("recursive_triggers", { simple: true })).toBe(0);
  const values = "VALUES (@rowid, @op_id, 't1', 'alice', -1, 'debit')";
  const columns = "rowid, op_id, transfer_id, account, amount_cents, kind";
  const replace = other.prepare(
    `INSERT OR REPLACE INTO entries (${columns}) ${values}`,
  );
  const rows = other.prepare("SELECT rowid, op_id FROM entries").all();
  expect(rows).toHaveLength(4);
  for (const { rowid, op_id } of rows as { rowid: number; op_id: string }[])
    for (const row of [
      { rowid: null, op_id },
      { rowid: 99, op_id },
      { rowid, op_id },
      { rowid, op_id: "new" },
    ])
      for (const times of ["once", "again"])
        expect(() => replace.run(row), times).toThrow("the ledger only grows");
  expect(ours.prepare("SELECT * FROM entries").all()).toEqual(before);

  // An entry that is asked for twice is made once, on this connection too.
  expect(await startEngine(other).applyEntry(debit)).toBe("already applied");
  expect(await startEngine(ours).applyEntry(debit)).toBe("already applied");
  expect(() => replace.run({ rowid: null, op_id: "t1-debit" })).toThrow(
    "the ledger only grows",
  );
  expect(ours.prepare("SELECT * FROM entries").all()).toEqual(before);
});

test("a ledger has an id of its own, drawn when it is made, and keeps it", async () => {
  const file = join(temporaryFolder(), "ledger.db");
  const ids = [];
  for (const name of [file, file, undefined, undefined]) {
    const db = openLedger(name);
    ids.push(await ledgerIdOf(db));
    db.close();
  }
  expect(ids[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(ids[1]).toBe(ids[0]);
  expect(new Set(ids).size).toBe(3);
});

test("a ledger that was made before ledgers had an id gets one when it is opened", async () => {
  const file = join(temporaryFolder(), "ledger.db");
  const before = openLedger(file);
  await openAccounts(before);
  before.exec("DROP TRIGGER no_replace; DROP TABLE ledger");
  before.close();
  const db = openLedger(file);
  onTestFinished(() => void db.close());
  expect(await ledgerIdOf(db)).toMatch(/^[0-9a-f]{32}$/);
  expect(await audit(db)).toEqual({ seededCents: 200_00, heldCents: 200_00 });
  expect(() =>
    db.exec("INSERT OR REPLACE INTO entries SELECT * FROM entries"),
  ).toThrow("the ledger only grows");
});

test("a closed account refuses credits, and nothing else, until it is opened again", async () => {
  const { db, kinds } = await openBank();
  const { applyEntry, creditTarget } = startEngine(db);
  await closeAccount(db, "bob");
  await closeAccount(db, "bob");
  const no = { name: "TransferRejected", message: "account bob is closed" };
  await expect(creditTarget(credit)).rejects.toMatchObject(no);
  const [debited, reversed] = [
    { ...debit, account: "bob" },
    { ...reversal, account: "bob" },
  ];
  expect(await applyEntry(debited)).toBe("applied");
  expect(await applyEntry(reversed)).toBe("applied");
  await reopenAccount(db, "bob");
  expect(await creditTarget(credit)).toBe("applied");
  await closeAccount(db, "bob");
  expect(await creditTarget(credit)).toBe("already applied");
  expect(await kinds()).toEqual(["debit", "reversal", "credit"]);
  await expect(closeAccount(db, "nobody")).rejects.toThrow("FOREIGN KEY");
  await startEngine(db).applyEntry({ ...debit, opId: "t1-out" }); // for the sum
});

test("a leaf refuses the order of another ledger: it writes nothing, and says neither yes nor no", async () => {
  const [ours, other] = [await openBank(), await openBank()];
  const { resonate } = startEngine(other.db);
  const once = resonate.options({ retryPolicy: new Never() });
  const entry = { ...debit, ledgerId: await ledgerIdOf(ours.db) };
  const nobody = { ...entry, account: "nobody" };
  const calls: [string, ...unknown[]][] = [
    ["applyEntry", entry],
    ["applyEntry", nobody],
    ["creditTarget", entry],
    ["creditTarget", nobody],
  ];
  for (const [n, [leaf, ...args]] of calls.entries())
    await expect(
      resonate.run(`call ${n}`, leaf, ...args, once),
    ).rejects.toMatchObject({
      name: "Error", // a no is called TransferRejected
      message: expect.stringMatching(
        `for ledger ${entry.ledgerId}.*: give the worker the ledger that`,
      ),
    });
  expect(await other.kinds()).toEqual([]);
});

test("a debit that met another ledger is tried again, and made once its own is there", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const [ours, other] = [await openBank(), await openBank()];
  let tries = 0;
  const { resonate } = startEngine({
    prepare(sql) {
      if (sql.startsWith("INSERT")) tries += 1;
      return (tries < 3 ? other : ours).db.prepare(sql);
    },
  });
  const entry = { ...debit, ledgerId: await ledgerIdOf(ours.db) };
  const made = resonate.run("debit", "applyEntry", entry);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await made).toBe("applied");
  expect(tries).toBe(3);
  vi.useRealTimers();
  expect(await other.kinds()).toEqual([]);
  await startEngine(ours.db).applyEntry({ ...credit, opId: "c" }); // what balances it
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
  await openAccount(db, "bob", 0);
  db.exec(`INSERT INTO entries (op_id, account, amount_cents, kind)
    VALUES ('more', 'bob', 1, 'seed')`); // not by openAccount
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

test("a ledger is opened with synchronous = FULL: a commit is on the disk when it is answered", () => {
  const file = join(temporaryFolder(), "ledger.db");
  for (const name of [file, file, undefined]) {
    const db = openLedger(name);
    expect(db.pragma("synchronous", { simple: true })).toBe(2); // FULL
    db.close();
  }
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
    if (!name.endsWith(".db")) continue; // no program takes it
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
    /^cannot open :memory:: this is Node 20\.19\.0, and the ledger needs 22 or newer: start the program with npx, .*; if npm ran with --ignore-scripts, .*: npm rebuild --ignore-scripts=false node$/,
  );
  onNode("22.18.0");
  openLedger().close();
});

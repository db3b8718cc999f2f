import { expect, test } from "vitest";
import { transferAskingAgain } from "#snippets/transfer/ask-again.ts";
import { checkTransfer } from "#snippets/transfer/check-transfer.ts";
import { entries, openBank, order, startEngine } from "../support/bank.ts";

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
  "the check refuses %s and writes nothing, and so does the saga, before any step",
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
    const runId = /^[^:\0\ud800]+$/.test(id) ? String(id) : "run";
    await expect(transfers.run(runId, transfer)).rejects.toMatchObject(refused);
    await expect(resonate.get(`${runId}:0`)).rejects.toThrow("not found");
    expect(await kinds()).toEqual([]);
  },
);

test("a run with another id than its transfer is refused", async () => {
  const { db, kinds } = await openBank();
  const { transfers, resonate } = startEngine(db);
  const again = resonate.register("again", transferAskingAgain);
  const checked = await checkTransfer(order, db);
  for (const [id, saga] of Object.entries({ t2: transfers, t3: again }))
    await expect(saga.run(id, checked)).rejects.toThrow(
      "the run must have the transfer's id",
    );
  expect(await kinds()).toEqual([]);
});

test("the check refuses a text that Resonate reads as a number, and the saga what it has become", async () => {
  const { db, kinds } = await openBank();
  const { transfers } = startEngine(db);
  for (const text of ["__INF__", "__NEG_INF__"])
    for (const name of ["id", "source", "target"]) {
      const transfer = { ...order, [name]: text };
      await expect(checkTransfer(transfer, db)).rejects.toMatchObject({
        name: "InvalidTransfer",
        message: `${name} must not be ${text}, which Resonate reads as a number`,
      });
      await expect(
        transfers.run(`${text} as ${name}`, transfer),
      ).rejects.toThrow(`${name} must be a text`);
    }
  expect(await kinds()).toEqual([]);
});

test("an order that names no ledger is refused, before any step", async () => {
  const { db, kinds } = await openBank();
  const { resonate } = startEngine(db);
  await expect(resonate.run("t1", "transferMoney", order)).rejects.toThrow(
    "ledgerId must be a text, and not empty",
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
  await expect(applyEntry(entries.debit)).rejects.toThrow(
    'call resonate.setDependency("db", …) first',
  );
});

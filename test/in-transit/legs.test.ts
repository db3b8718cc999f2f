import { expect, test } from "vitest";
import { openAccount } from "#snippets/transfer/accounts.ts";
import { IN_TRANSIT, legsFor } from "#snippets/transfer/in-transit/legs.ts";
import { openBank, orderFor, startEngine } from "../support/bank.ts";
import { legsOn } from "../support/legs.ts";

/** A ledger with the account in transit, and the leaves. */
async function open(createdCents = 0) {
  const bank = await openBank({ createdCents });
  await openAccount(bank.db, IN_TRANSIT, 0);
  return { ...bank, ...(await legsOn(bank.db)) };
}

const before = { alice: 200_00, bob: 0, [IN_TRANSIT]: 0 };
const between = { alice: 150_00, bob: 0, [IN_TRANSIT]: 50_00 };
const after = { alice: 150_00, bob: 50_00, [IN_TRANSIT]: 0 };
const conflict = (message: string) => ({ name: "OperationConflict", message });

test("between debit and credit the amount is in the account in transit, and it is empty again when it was credited or paid back", async () => {
  for (const [last, end] of [
    ["payOut", after],
    ["payBack", before],
  ] as const) {
    const bank = await open();
    expect(await bank.payIn()).toBe("made");
    expect(await bank.held()).toEqual(between);
    await bank[last]();
    expect(await bank.held()).toEqual(end);
  }
});

test("where another entry has one of a leg's operation ids, neither of its rows is made, and the error names both", async () => {
  for (const taken of ["debit", "credit", "reversal"] as const)
    for (const row of [0, 1] as const) {
      const { db, legs, held, kinds, ...leaves } = await open();
      if (taken !== "debit") await leaves.payIn();
      const entry = { ...legs[taken][row], account: "alice" };
      const other = { ...entry, amountCents: 0, kind: "write-off" as const };
      await startEngine(db).applyEntry(other);
      const there = await kinds();
      const leaf = { debit: "payIn", credit: "payOut", reversal: "payBack" }[
        taken
      ] as "payIn";
      const { opId, account, amountCents } = legs[taken][row];
      await expect(leaves[leaf]()).rejects.toMatchObject(
        conflict(
          [
            `${opId} is asked for as a ${taken} of ${amountCents} cents,`,
            `${account}: it is a write-off of 0 cents, alice`,
          ].join(" "),
        ),
      );
      expect(await kinds()).toEqual(there);
      expect(await held()).toEqual(taken === "debit" ? before : between);
    }
});

test("an id that stands for another amount, source or target is refused in the ledger, and the error names both", async () => {
  const { held, ...bank } = await open();
  await openAccount(bank.db, "carol", 0);
  await bank.payIn();
  await bank.payOut();
  await expect(bank.payIn({ amountCents: 60_00 })).rejects.toMatchObject(
    conflict(
      "t1-debit is asked for as a debit of -6000 cents, alice: it is a debit of -5000 cents, alice",
    ),
  );
  await expect(
    bank.payIn({ source: "carol", target: "alice" }),
  ).rejects.toMatchObject(
    conflict(
      "t1-debit is asked for as a debit of -5000 cents, carol: it is a debit of -5000 cents, alice",
    ),
  );
  await expect(bank.payOut({ target: "carol" })).rejects.toMatchObject(
    conflict(
      "t1-credit is asked for as a credit of 5000 cents, carol: it is a credit of 5000 cents, bob",
    ),
  );
  expect(await held()).toEqual({ ...after, carol: 0 });
});

test("where only a part of a leg is there, the rest is not made, and the error says what there is", async () => {
  const { db, legs, payIn: goIn, held } = await open(50_00);
  await startEngine(db).applyEntry(legs.debit[1]);
  await expect(goIn()).rejects.toMatchObject(
    conflict("there is only a part: a debit of 5000 cents, in-transit"),
  );
  expect(await held()).toEqual({ ...before, [IN_TRANSIT]: 50_00 });
});

test("of another amount nothing is paid back, and the error names both", async () => {
  const { payIn: goIn, payBack: back, held } = await open();
  await goIn();
  await expect(back({ amountCents: 60_00 })).rejects.toMatchObject(
    conflict(
      "t1-debit is asked for as a debit of -6000 cents, alice: it is a debit of -5000 cents, alice",
    ),
  );
  expect(await held()).toEqual(between);
});

test("an order for another ledger is an error there, and writes nothing, whatever accounts it has", async () => {
  const { kinds, ...bank } = await open();
  const elsewhere = { ledgerId: "another" };
  for (const leaf of [bank.payIn, bank.payOut, bank.payBack])
    await expect(leaf(elsewhere)).rejects.toThrow(
      "the order is for ledger another",
    );
  expect(await kinds()).toEqual([]);
});

test("what was not debited through the account in transit is neither paid out nor paid back", async () => {
  const { held, kinds, ...bank } = await open();
  const no = { name: "TransferRejected", message: "t1 has debited nothing" };
  await expect(bank.payBack()).rejects.toMatchObject(no);
  await expect(bank.payOut()).rejects.toMatchObject(no);
  expect(await bank.payIn({ amountCents: 200_01 })).toBe("refused");
  await expect(bank.payBack()).rejects.toMatchObject(no);
  await expect(bank.payOut()).rejects.toMatchObject(no);
  expect(await kinds()).toEqual(["refusal"]);
});

test("what was paid back is paid back once, and a credit that comes later is refused; what was credited is not paid back", async () => {
  const undone = await open();
  await undone.payIn();
  const answers = Array.from({ length: 10 }, () => undone.payBack());
  expect(new Set(await Promise.all(answers))).toEqual(new Set(["undone"]));
  await expect(undone.payOut()).rejects.toMatchObject({
    name: "TransferRejected",
    message: "t1-credit was refused before",
  });
  expect(await undone.held()).toEqual(before);

  const credited = await open();
  await credited.payIn();
  await credited.payOut();
  expect(await credited.payBack()).toBe("credited");
  expect(await credited.held()).toEqual(after);
});

test("without the account in transit nothing is debited, and nobody pays from it or to it", async () => {
  const { db, kinds } = await openBank();
  const asked = await orderFor(db);
  const { payIn } = await legsOn(db);
  await expect(payIn()).rejects.toMatchObject({
    name: "TransferRejected",
    message: "there is no account alice, or no in-transit",
  });
  await expect(payIn({ ledgerId: "another" })).rejects.toThrow(
    "the order is for ledger another",
  );
  expect(await kinds()).toEqual([]);
  for (const role of ["source", "target"] as const)
    expect(() => legsFor({ ...asked, [role]: IN_TRANSIT })).toThrow(
      "nobody pays from or to in-transit",
    );
});

test("a debit does not say for whom it is: a half-done transfer that comes again for another target is made for that one", async () => {
  const { held, ...bank } = await open();
  await openAccount(bank.db, "carol", 0);
  await bank.payIn();
  expect(await bank.payIn({ target: "carol" })).toBe("made");
  await bank.payOut({ target: "carol" });
  await expect(bank.payOut()).rejects.toMatchObject({
    name: "OperationConflict",
  });
  expect(await held()).toEqual({ ...after, bob: 0, carol: 50_00 });
});

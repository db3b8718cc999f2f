import { expect, test } from "vitest";
import {
  audit,
  closeAccount,
  entriesOf,
  hasAccount,
  openAccount,
  reopenAccount,
} from "#snippets/transfer/accounts.ts";
import {
  openPostgresLedger,
  reasonOf,
} from "#snippets/transfer/open-postgres.ts";
import { entries, order, startEngine } from "../support/bank.ts";
import {
  held,
  isDone,
  names,
  open,
  shared,
  underWay,
} from "../support/contract.ts";

const { debit, credit, reversal } = entries;
test.for(names)(
  "on %s, an entry that is asked for ten times at once is made once",
  async (name) => {
    const { db } = await open(name);
    const { applyEntry } = startEngine(db);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => applyEntry(debit)),
    );
    expect(answers.toSorted().indexOf("applied")).toBe(9);
    expect(await held(db)).toEqual({ alice: 150_00, bob: 0 });
  },
);

test.for(names)(
  "on %s, the saga commits, compensates, and answers a second run by what is there",
  async (name) => {
    const { db } = await open(name);
    const made = async (id: string) => {
      const { status } = await startEngine(db).transfers.run(id, {
        ...order,
        id,
      });
      const kinds = (await entriesOf(db, id)).map(({ kind }) => kind);
      return `${status}: ${kinds}`;
    };
    expect(await made("t1")).toBe("committed: debit,credit");
    expect(await made("t1")).toBe("committed: debit,credit");
    await closeAccount(db, "bob");
    expect(await made("t2")).toBe("compensated: debit,reversal");
    expect(await made("t2")).toBe("compensated: debit,reversal");
    expect(await audit(db)).toEqual({ seededCents: 200_00, heldCents: 200_00 });
    expect(await entriesOf(db, "t1")).toEqual(
      [debit, credit].map(({ ledgerId: _, ...entry }) => entry),
    );
  },
);

test.for(names)(
  "on %s, what cannot be made is refused, or is an error, and nothing is written",
  async (name) => {
    const { db } = await open(name);
    const { applyEntry, creditTarget } = startEngine(db);
    const no = { name: "TransferRejected" };
    await closeAccount(db, "bob");
    await expect(creditTarget(credit)).rejects.toMatchObject(no);
    await expect(
      applyEntry({ ...debit, account: "nobody" }),
    ).rejects.toMatchObject(no);
    for (const wrong of [
      { kind: "fee" as "debit" },
      { amountCents: 0.5 },
      { amountCents: null as unknown as number },
      { transferId: null as unknown as string },
      { opId: null as unknown as string },
    ])
      await expect(
        applyEntry({ ...debit, ...wrong }),
      ).rejects.not.toMatchObject(no);
    await expect(closeAccount(db, "nobody")).rejects.toThrow(/foreign key/i);
    expect(await entriesOf(db, order.id)).toEqual([]);

    await reopenAccount(db, "bob");
    expect(await creditTarget(credit)).toBe("applied");
    await closeAccount(db, "bob");
    expect(await creditTarget(credit)).toBe("already applied");
    expect(await applyEntry({ ...reversal, account: "bob" })).toBe("applied");
  },
);

test.for(names)(
  "on %s, the ledger only grows, and an account is opened once",
  async (name) => {
    const { db } = await open(name);
    for (const sql of [
      "UPDATE entries SET amount_cents = 1",
      "UPDATE entries SET op_id = 'x' WHERE op_id = 'seed:bob'",
      "DELETE FROM entries",
    ])
      await expect(async () => db.prepare(sql).run(), sql).rejects.toThrow(
        "the ledger only grows",
      );
    await closeAccount(db, "bob");
    for (const account of ["alice", "bob"])
      await openAccount(db, account, 999_00);
    expect(await held(db)).toEqual({ alice: 200_00, bob: 0 });
    expect(await db.prepare("SELECT account FROM closed").all()).toEqual([
      { account: "bob" },
    ]);
  },
);

test.for(names)(
  "on %s, more cents than a number holds exactly are refused where they are put in, and a sum of them is an error where it is read",
  async (name) => {
    const { db } = await open(name);
    const most = Number.MAX_SAFE_INTEGER;
    await openAccount(db, "carol", most - 200_00);
    expect(await audit(db)).toEqual({ seededCents: most, heldCents: most });
    await expect(openAccount(db, "dave", 1)).rejects.toThrow(
      "all accounts together would hold more cents than a number can",
    );
    expect(await hasAccount(db, "dave")).toBe(false);
    expect(await audit(db)).toEqual({ seededCents: most, heldCents: most });
    await openAccount(db, "carol", 1); // is there
    await openAccount(db, "dave", 0);
    await startEngine(db).applyEntry({ ...credit, account: "dave" });
    await expect(audit(db)).rejects.toThrow("safe number of cents");
  },
);

test.for(shared)(
  "on %s, of six debits that are under way at once, and take more than there is, none overdraws",
  async (name) => {
    const ledger = await open(name);
    const debits = ["a", "b", "c", "d", "e", "f"];
    const openOnes: { commit(): Promise<unknown> }[] = [];
    for (const id of debits)
      await isDone(
        (async () => {
          const transaction = await ledger.begin();
          const { debitSource } = startEngine(transaction.db);
          await debitSource({ ...debit, opId: id });
          openOnes.push(transaction);
        })(),
      );
    expect(openOnes.length).toBeGreaterThan(0);
    let committed = 0;
    for (const transaction of openOnes)
      committed += Number(await isDone(transaction.commit()));
    expect(await held(ledger.db)).toMatchObject({
      alice: 200_00 - committed * 50_00,
    });

    // Asked for again until the answer is clear, all that there is goes.
    const { debitSource } = startEngine(ledger.db);
    const again = await Promise.all(
      debits.map((id) => debitSource({ ...debit, opId: `again-${id}` })),
    );
    const made = again.filter((answer) => answer === "made");
    expect(made).toHaveLength(4 - committed);
    expect(await held(ledger.db)).toMatchObject({ alice: 0 });
  },
);

test.for(shared)(
  "on %s, a credit that is under way when its account is closed comes before that, or not at all",
  async (name) => {
    const ledger = await open(name);
    const transaction = await ledger.begin();
    const isMade = isDone(startEngine(transaction.db).creditTarget(credit));
    expect(await isMade).toBe(true);
    const isClosed = await isDone(closeAccount(ledger.db, "bob"));
    const isKept = await isDone(transaction.commit());
    expect(isClosed && isKept, "credited after the close").toBe(false);
    expect(await held(ledger.db)).toMatchObject({ bob: isKept ? 50_00 : 0 });
    await closeAccount(ledger.db, "bob");
    const later = { ...credit, opId: "t2-credit" };
    await expect(
      startEngine(ledger.db).creditTarget(later),
    ).rejects.toMatchObject({ message: "account bob is closed" });
  },
);

test.for(names)(
  "on %s, a debit that is undone is undone once, and its credit is refused from then on",
  async (name) => {
    const { db } = await open(name);
    const { debitSource, undoDebit, creditTarget } = startEngine(db);
    await debitSource(debit);
    const answers = await Promise.all([undoDebit(), undoDebit(), undoDebit()]);
    expect(answers).toEqual(["undone", "undone", "undone"]);
    await expect(creditTarget(credit)).rejects.toMatchObject({
      name: "TransferRejected",
    });
    expect(await held(db)).toEqual({ alice: 200_00, bob: 0 });
  },
);

test.for(shared)(
  "on %s, a credit and the undoing of its debit that are under way at once: one of them is made, never both",
  async (name) => {
    for (const first of ["creditTarget", "undoDebit"] as const) {
      const ledger = await open(name);
      const { debitSource, undoDebit, creditTarget } = startEngine(ledger.db);
      await debitSource(debit);
      const transaction = await ledger.begin();
      const there = startEngine(transaction.db);
      await (first === "creditTarget"
        ? there.creditTarget(credit)
        : there.undoDebit());
      const second = isDone(
        first === "creditTarget" ? undoDebit() : creditTarget(credit),
      );
      // Of SQLite, the one that comes second is refused at once.
      if (name === "Postgres") await underWay(ledger.db, second);
      else expect(await second).toBe(false);
      await transaction.commit();
      await second;

      const isCredited = first === "creditTarget";
      expect(await undoDebit()).toBe(isCredited ? "credited" : "undone");
      expect(await isDone(creditTarget(credit))).toBe(isCredited);
      expect(await held(ledger.db)).toEqual(
        isCredited ? { alice: 150_00, bob: 50_00 } : { alice: 200_00, bob: 0 },
      );
    }
  },
);

test("a Postgres that is not there is one clear error", async () => {
  await expect(
    openPostgresLedger("postgres://owner@127.0.0.1:9/postgres"),
  ).rejects.toThrow(
    "cannot open the ledger in Postgres: connect ECONNREFUSED 127.0.0.1:9",
  );
  // As where a name has several addresses, and none answers.
  expect(reasonOf(new AggregateError([new Error("refused")]))).toBe("refused");
});

import { Never, Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished } from "vitest";
import { alicePaysBob } from "#snippets/support/bank.ts";
import { openBank as open } from "#snippets/support/open-bank.ts";
import {
  audit,
  balances,
  entriesOf,
  ledgerIdOf,
} from "#snippets/transfer/accounts.ts";
import type { Transfer } from "#snippets/transfer/check-transfer.ts";
import { entriesFor } from "#snippets/transfer/entries-for.ts";
import {
  applyEntry,
  creditTarget,
  type Entry,
  type LedgerDb,
} from "#snippets/transfer/ledger.ts";
import { debitSource } from "#snippets/transfer/one-ledger/debit-source.ts";
import { undoDebit } from "#snippets/transfer/one-ledger/undo-debit.ts";
import { transferMoney } from "#snippets/transfer/transfer-money.ts";
import { atPlace } from "./place.ts";

/** 50.00 from alice to bob. */
export const order = alicePaysBob("t1");

/** The transfer, as an order for this ledger, which is asked once. */
export async function orderFor(db: LedgerDb, transfer: Transfer = order) {
  const asked = ledgerIds.get(db) ?? ledgerIdOf(db);
  ledgerIds.set(db, asked);
  return { ...transfer, ledgerId: await asked };
}
const ledgerIds = new WeakMap<LedgerDb, Promise<string>>();

/** The entries of `order`, for leaves that are told the ledger later. */
export const entries = entriesFor({ ...order, ledgerId: "" });

/**
 * A ledger where alice holds 200.00 and bob nothing. When the test ends it
 * fails unless all accounts hold what was seeded, and what the test says that
 * a flaw creates.
 */
export async function openBank({ createdCents = 0 } = {}) {
  const db = await open();
  onTestFinished(async () => {
    const { seededCents, heldCents } = await audit(db);
    db.close();
    expect(heldCents, "cents held").toBe(seededCents + createdCents);
  });
  return {
    db,
    /** What each account holds, in cents. */
    held: async () => {
      const rows = await balances(db);
      return Object.fromEntries(rows.map((row) => [row.account, row.cents]));
    },
    /** The kinds of entry that a transfer made, in order. */
    kinds: async (transferId = order.id) =>
      (await entriesOf(db, transferId)).map((entry) => entry.kind),
  };
}

type RunOptions = ReturnType<Resonate["options"]>;

/** A fresh engine, which remembers nothing, on this ledger. */
export function startEngine(db: LedgerDb) {
  const resonate = new Resonate({ logLevel: "error", ...atPlace() });
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", db);
  const apply = resonate.register("applyEntry", applyEntry);
  const credit = resonate.register("creditTarget", creditTarget);
  const debit = resonate.register("debitSource", debitSource);
  const undo = resonate.register("undoDebit", undoDebit);
  const saga = resonate.register("transferMoney", transferMoney);
  const once = resonate.options({ retryPolicy: new Never() });
  let calls = 0;
  return {
    resonate,
    /** Has the saga make a transfer, as an order for this ledger. */
    transfers: {
      run: async (id: string, transfer: Transfer, options?: RunOptions) => {
        const here = await orderFor(db, transfer);
        return options ? saga.run(id, here, options) : saga.run(id, here);
      },
    },
    /** Calls the leaf, once, each time anew. */
    applyEntry: async (entry: Entry) => {
      const ledgerId = db ? (await orderFor(db)).ledgerId : "";
      const here = { ...entry, ledgerId };
      return apply.run(`call-${calls++}`, here, once);
    },
    creditTarget: async (entry: Entry) => {
      const { ledgerId } = await orderFor(db);
      const here = { ...entry, ledgerId };
      return credit.run(`call-${calls++}`, here, once);
    },
    debitSource: async (entry: Entry) => {
      const { ledgerId } = await orderFor(db);
      const here = { ...entry, ledgerId };
      return debit.run(`call-${calls++}`, here, once);
    },
    undoDebit: async (all: typeof entries = entries) => {
      const { ledgerId } = await orderFor(db);
      const here = Object.fromEntries(
        Object.entries(all).map(([kind, it]) => [kind, { ...it, ledgerId }]),
      ) as typeof entries;
      return undo.run(`call-${calls++}`, here, once);
    },
  };
}

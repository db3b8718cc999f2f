import { expect, test } from "vitest";
import { isRetry, type Moment } from "#snippets/crash/history.ts";
import { playOut } from "#snippets/crash-lab/play-out.ts";
import type { Saga } from "#snippets/crash-matrix/transfer-world.ts";
import { harmOf } from "#snippets/find-out/harm-of.ts";
import { entriesFor } from "#snippets/transfer/entries-for.ts";
import {
  applyEntry,
  creditTarget,
  type LedgerDb,
} from "#snippets/transfer/ledger.ts";
import { openDatabase } from "../support/simulate.ts";

const call = (sql: string) => ({ to: "ledger", method: "get", args: [sql] });
const moment = (worker: number, name: string, sql = name): Moment => ({
  ...{ worker, name, call: call(sql), fate: "answered" },
});

test("only the same call of the same worker, with nothing recorded since, is taken for another try", () => {
  const first = moment(1, "read");
  const again = moment(1, "read#2", "read");
  expect(isRetry([first], first)).toBe(false);
  expect(isRetry([first, again], again)).toBe(true);
  const recorded = moment(1, "record-debit");
  expect(isRetry([first, recorded, again], again)).toBe(false);
  const other = moment(1, "read#2", "another");
  expect(isRetry([first, other], other)).toBe(false);
  const unheard = { ...first, fate: "frozen" as const };
  expect(isRetry([unheard, again], again)).toBe(false);
  const elsewhere = moment(2, "read#2", "read");
  expect(isRetry([first, elsewhere], elsewhere)).toBe(false);
});

/** Looks at both accounts, and asks for the debit in two steps. */
const careful: Saga = function* (ctx, order) {
  const { debit, credit } = entriesFor(order);
  yield* ctx.run(async (ctx) => {
    const db = ctx.getDependency("db") as LedgerDb;
    const sql = "SELECT SUM(amount_cents) FROM entries WHERE account = ?";
    for (const account of [order.source, order.target])
      await db.prepare(sql).get(account);
  });
  yield* ctx.run(applyEntry, debit);
  yield* ctx.run(applyEntry, debit);
  yield* ctx.run(creditTarget, credit);
  return { status: "committed" };
};

test("a saga that looks twice, and asks twice in two steps, is let go on", async () => {
  const plan = { amountCents: 50_00, meets: "open", faults: [] };
  const played = await playOut(openDatabase, plan, { saga: careful });
  expect(played).toMatchObject({ cents: 0, answer: { status: "committed" } });
  expect(harmOf(plan, played)).toBeUndefined();
});

test("harm is money made or lost, an open account without its money, and an answer that is not true", () => {
  const plan = { amountCents: 50_00, meets: "open", faults: [] };
  const harm = (
    cents: number,
    bobCents: number,
    status: string,
    meets = "closes",
  ) => harmOf({ ...plan, meets }, { answer: { status }, cents, bobCents });
  expect(harm(50_00, 50_00, "committed")).toBe("50.00 too much.");
  expect(harm(-1, 0, "compensated")).toBe("0.01 missing.");
  expect(harm(0, 0, "compensated", "open")).toBe(
    "Bob gets 0.00, and it says compensated.",
  );
  expect(harm(0, 0, "failed", "open")).toContain(
    "Bob gets nothing. The transfer fails",
  );
  expect(harm(0, 0, "committed")).toBe("It says committed, and Bob has 0.00.");
  expect(harm(0, 50_00, "compensated")).toBe(
    "It says compensated, and Bob has 50.00.",
  );
  expect(harm(0, 50_00, "failed")).toBe("It says failed, and Bob has 50.00.");
  expect(harm(0, 50_00, "committed")).toBeUndefined();
  expect(harm(0, 0, "compensated")).toBeUndefined();
  expect(harm(0, 0, "failed", "carol")).toBeUndefined();
});

import * as generator from "@resonatehq/sdk";
import * as async from "@resonatehq/sdk/async";
import { alicePaysBob, closeBob } from "../support/bank.ts";
import { openBank } from "../support/open-bank.ts";
import { entriesOf } from "../transfer/accounts.ts";
import { checkTransfer } from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import { applyEntry, creditTarget } from "../transfer/ledger.ts";

type Entries = ReturnType<typeof entriesFor>;

// #region sagas
/** Flawed: do not copy. The credit lacks its `yield*`. */
export function* withoutYield(
  ctx: generator.Context,
  { debit, credit, reversal }: Entries,
) {
  yield* ctx.run(applyEntry, debit);
  try {
    ctx.run(creditTarget, credit);
  } catch {
    yield* ctx.run(applyEntry, reversal);
    return "compensated";
  }
  return "committed";
}

/** Flawed: do not copy. The credit lacks its `await`. */
export async function withoutAwait(
  ctx: async.Context,
  { debit, credit, reversal }: Entries,
) {
  await ctx.run(applyEntry, debit);
  try {
    ctx.run(creditTarget, credit);
  } catch {
    await ctx.run(applyEntry, reversal);
    return "compensated";
  }
  return "committed";
}
// #endregion sagas

/** Forgets the word: how the run ends, and the entries it made. */
export async function forget(
  word: "yield*" | "await",
  rejects: boolean,
) {
  const db = await openBank();
  const order = await checkTransfer(alicePaysBob("t1"), db);
  const entries = entriesFor(order);
  await closeBob(db, rejects);

  // #region register
  async function byGenerator() {
    const resonate = new generator.Resonate();
    resonate.setDependency("db", db);
    const saga = resonate.register("saga", withoutYield);
    const status = await saga.run("t1", entries);
    await resonate.stop();
    return status;
  }
  async function byAsync() {
    const resonate = new async.Resonate();
    resonate.setDependency("db", db);
    const saga = resonate.register("saga", withoutAwait);
    const handle = await saga.run("t1", entries);
    const status = await handle.result();
    await resonate.stop();
    return status;
  }
  // #endregion register
  const status = await (word === "await" ? byAsync() : byGenerator());
  const made = (await entriesOf(db, "t1")).map(({ kind }) => kind);
  db.close();
  return { status, made };
}

import * as generator from "@resonatehq/sdk";
import * as async from "@resonatehq/sdk/async";
import { entriesOf, openAccount } from "../accounts.ts";
import { applyEntry, creditTarget, type Entry } from "../ledger.ts";
import { openLedger } from "../open-ledger.ts";

type Entries = Record<"debit" | "credit" | "reversal", Entry>;

// #region sagas
/** Flawed: the credit lacks its `yield*`. */
export function* withoutYield(
  ctx: generator.Context,
  { debit, credit, reversal }: Entries,
  rejects: boolean,
) {
  yield* ctx.run(applyEntry, debit);
  try {
    ctx.run(creditTarget, credit, rejects);
  } catch {
    yield* ctx.run(applyEntry, reversal);
    return "compensated";
  }
  return "committed";
}

/** Flawed: the credit lacks its `await`. */
export async function withoutAwait(
  ctx: async.Context,
  { debit, credit, reversal }: Entries,
  rejects: boolean,
) {
  await ctx.run(applyEntry, debit);
  try {
    ctx.run(creditTarget, credit, rejects);
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
  const db = openLedger();
  await openAccount(db, "alice", 200_00);
  await openAccount(db, "bob", 0);
  const entries: Entries = {
    debit: entry("debit", "alice", -50_00),
    credit: entry("credit", "bob", 50_00),
    reversal: entry("reversal", "alice", 50_00),
  };

  // #region register
  async function byGenerator() {
    const resonate = new generator.Resonate();
    resonate.setDependency("db", db);
    const saga = resonate.register("saga", withoutYield);
    const status = await saga.run("t1", entries, rejects);
    await resonate.stop();
    return status;
  }
  async function byAsync() {
    const resonate = new async.Resonate();
    resonate.setDependency("db", db);
    const saga = resonate.register("saga", withoutAwait);
    const handle = await saga.run("t1", entries, rejects);
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

function entry(
  kind: Entry["kind"],
  account: string,
  amountCents: number,
): Entry {
  const opId = `t1-${kind}`;
  return { opId, transferId: "t1", account, amountCents, kind };
}

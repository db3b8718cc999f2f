import { type Context, Never } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import { applyEntry, creditTarget } from "../transfer/ledger.ts";

/** What a saga here comes to: no more than how it ended. */
export type Made = Generator<unknown, { status: string }>;

// #region one-step
/** Flawed: do not copy. All steps are one. */
export function* inOneStep(ctx: Context, order: Order): Made {
  const once = ctx.options({ retryPolicy: new Never() });
  return yield* ctx.run(makeAll, order, once);
}
async function makeAll(ctx: Context, order: Order) {
  const { debit, credit, reversal } = entriesFor(order);
  await applyEntry(ctx, debit);
  try {
    await creditTarget(ctx, credit);
  } catch {
    await applyEntry(ctx, reversal);
    return { status: "compensated" };
  }
  return { status: "committed" };
}
// #endregion one-step

// #region no-yield
/** Flawed: do not copy. The credit lacks its `yield*`. */
export function* withoutYield(ctx: Context, order: Order): Made {
  const { debit, credit } = entriesFor(order);
  const once = ctx.options({ retryPolicy: new Never() });
  yield* ctx.run(applyEntry, debit, once);
  ctx.run(creditTarget, credit); // no yield*
  return { status: "committed" };
}
// #endregion no-yield

// #region no-retry
/** Flawed: do not copy. Nothing is tried again. */
export function* withoutRetry(ctx: Context, order: Order): Made {
  const { debit, credit } = entriesFor(order);
  const once = ctx.options({ retryPolicy: new Never() });
  yield* ctx.run(applyEntry, debit, once);
  yield* ctx.run(creditTarget, credit, once);
  return { status: "committed" };
}
// #endregion no-retry

// #region credit-first
/** Flawed: do not copy. The credit comes before the debit. */
export function* creditFirst(ctx: Context, order: Order): Made {
  const { debit, credit } = entriesFor(order);
  const once = ctx.options({ retryPolicy: new Never() });
  yield* ctx.run(creditTarget, credit, once);
  yield* ctx.run(applyEntry, debit, once);
  return { status: "committed" };
}
// #endregion credit-first

// #region drawn-ids
/** Flawed: do not copy. The debit has a drawn operation id. */
export function* withDrawnIds(ctx: Context, order: Order): Made {
  const { debit, credit } = entriesFor(order);
  const once = ctx.options({ retryPolicy: new Never() });
  const opId = crypto.randomUUID();
  yield* ctx.run(applyEntry, { ...debit, opId }, once);
  yield* ctx.run(applyEntry, credit);
  return { status: "committed" };
}
// #endregion drawn-ids

// #region no-catch
/** Flawed: do not copy. Nothing undoes the debit. */
export function* withoutCatch(ctx: Context, order: Order): Made {
  const { debit, credit } = entriesFor(order);
  const once = ctx.options({ retryPolicy: new Never() });
  yield* ctx.run(applyEntry, debit, once);
  yield* ctx.run(creditTarget, credit, once);
  return { status: "committed" };
}
// #endregion no-catch

// #region no-never
/** Flawed: do not copy. The credit is tried without end. */
export function* withoutNever(ctx: Context, order: Order): Made {
  const { debit, credit, reversal } = entriesFor(order);
  const once = ctx.options({ retryPolicy: new Never() });
  yield* ctx.run(applyEntry, debit, once);
  try {
    yield* ctx.run(creditTarget, credit);
  } catch {
    yield* ctx.run(applyEntry, reversal);
    return { status: "compensated" };
  }
  return { status: "committed" };
}
// #endregion no-never

import type { Context } from "@resonatehq/sdk";
import type { Scenario } from "../crash/scenario.ts";
import type { Order } from "../transfer/check-transfer.ts";
import { entriesFor } from "../transfer/entries-for.ts";
import { applyEntry, creditTarget } from "../transfer/ledger.ts";
import { scenario as ours } from "./scenario.ts";
import { type TransferWorld, workOf } from "./transfer-world.ts";

// #region flawed
/** Flawed: do not copy. An operation id is drawn, outside of a step. */
function* withDrawnId(ctx: Context, order: Order) {
  const { debit, credit } = entriesFor(order);
  const opId = `${crypto.randomUUID()}-debit`;
  yield* ctx.run(applyEntry, { ...debit, opId });
  yield* ctx.run(creditTarget, credit);
  return { status: "committed" };
}

export const scenario: Scenario<TransferWorld> = {
  ...ours,
  work: workOf(withDrawnId),
  paths: { accepts: { ends: ["committed"] } },
};
// #endregion flawed

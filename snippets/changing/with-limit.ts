import type { Context } from "@resonatehq/sdk";
import type { Order } from "../transfer/check-transfer.ts";
import { transferInTransit } from "../transfer/in-transit/saga.ts";
import { askLimit } from "./ask-limit.ts";

// #region saga
/** The saga as it was before: it asks for a limit first. */
export function* transferWithLimit(ctx: Context, order: Order) {
  const limit = yield* ctx.run(askLimit, order);
  if (limit === "exceeded") return { status: "refused" };
  return yield* transferInTransit(ctx, order);
}
// #endregion saga

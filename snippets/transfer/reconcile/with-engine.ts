import { type Context, LocalNetwork, Resonate } from "@resonatehq/sdk";
import type { Order } from "../check-transfer.ts";
import { type Legs, legsFor } from "../in-transit/legs.ts";
import { payBack } from "../in-transit/pay-back.ts";
import { payOut } from "../in-transit/pay-out.ts";
import { OperationConflict } from "../in-transit/which-of.ts";
import { type LedgerDb, TransferRejected } from "../ledger.ts";
import { askEngine } from "./ask-engine.ts";
import { type Finding, reconcile } from "./reconcile.ts";

// #region with-engine
/**
 * Reconciles a ledger with the engine of these promises. Its own steps
 * are kept in memory: each of them is safe to make again.
 */
export async function reconcileWith(
  promises: Resonate["promises"],
  db: LedgerDb,
  { undoUnknown = false, ids = [] as string[] } = {},
): Promise<Finding[]> {
  const network = new LocalNetwork();
  const resonate = new Resonate({ network, logLevel: "error" });
  resonate.setDependency("db", db);
  const finish = resonate.register("finish", untilClear(payOut));
  const undo = resonate.register("undo", untilClear(payBack));
  try {
    const means = {
      payOut: (order: Order) => finish.run(`finish-${order.id}`, order),
      payBack: (order: Order) => undo.run(`undo-${order.id}`, order),
      undoUnknown,
    };
    const ask = (id: string) => askEngine(promises, id);
    return await reconcile(db, ask, means, ids);
  } finally {
    await resonate.stop();
  }
}

type Leaf<T> = (ctx: Context, legs: Legs) => Promise<T>;

/** Has the leaf tried until its answer is clear. */
function untilClear<T>(leaf: Leaf<T>) {
  return function* (ctx: Context, order: Order) {
    const nonRetryableErrors = [TransferRejected, OperationConflict];
    const options = ctx.options({ nonRetryableErrors });
    return (yield* ctx.run(leaf, legsFor(order), options)) as T;
  };
}
// #endregion with-engine

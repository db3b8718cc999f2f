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
 * Reconciles a ledger with the engine of these promises, whose client
 * is in a group of its own, or it is offered the transfers. Its own
 * steps are kept in memory: each of them is safe to make again. Throws
 * when the engine does not answer, or the ledger not within a minute.
 */
export async function reconcileWith(
  promises: Resonate["promises"],
  db: LedgerDb,
  { undoUnknown = false, ids = [], tell }: Options = {},
): Promise<Finding[]> {
  const network = new LocalNetwork();
  const resonate = new Resonate({ network, logLevel: "error" });
  resonate.setDependency("db", db);
  const finish = resonate.register("finish", untilClear(payOut));
  const undo = resonate.register("undo", untilClear(payBack));
  const inTime = resonate.options({ timeout: MOST_MS });
  try {
    const means = {
      payOut: (order: Order) =>
        finish.run(`finish-${order.id}`, order, inTime),
      payBack: (order: Order) =>
        undo.run(`undo-${order.id}`, order, inTime),
      undoUnknown,
    };
    const ask = (id: string) => askEngine(promises, id);
    return await reconcile(db, ask, means, ids, tell);
  } finally {
    await resonate.stop();
  }
}

const MOST_MS = 60_000;
interface Options {
  undoUnknown?: boolean;
  ids?: string[];
  /** Is told of each finding, when it is made. */
  tell?: (finding: Finding) => void;
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

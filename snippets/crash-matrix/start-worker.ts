import { type Context, type Logger, Resonate } from "@resonatehq/sdk";
import { openWire, type Port } from "../crash/wire.ts";
import type { Order } from "../transfer/check-transfer.ts";
import { transferMoney } from "../transfer/transfer-money.ts";

/** What makes a transfer, and says how it ended: `transferMoney`. */
export type Saga = (
  ctx: Context,
  order: Order,
) => Generator<unknown, { status: string }>;

// #region start-worker
/** A worker, at its end of the wire. */
export function startWorker(
  port: Port,
  saga: Saga = transferMoney,
  options: { logger?: Logger } = {},
) {
  const { network, db } = openWire(port);
  const resonate = new Resonate({
    network,
    logLevel: "error",
    ...options,
  });
  resonate.setDependency("db", db);
  resonate.register("transferMoney", saga);
  return resonate;
}
// #endregion start-worker

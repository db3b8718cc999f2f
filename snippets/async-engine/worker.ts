import { parentPort } from "node:worker_threads";
import { type Context, Resonate } from "@resonatehq/sdk/async";
import { openWire, type Port } from "../crash/wire.ts";
import type { Order } from "../transfer/check-transfer.ts";
import { transferMoney } from "./transfer-money.ts";

// #region worker
const port = parentPort as unknown as Port;
const { network, db, target } = openWire(port);
const resonate = new Resonate({ network, logLevel: "error" });
resonate.setDependency("db", db);
resonate.register("transferMoney", (ctx: Context, order: Order) => {
  const simulateCreditFailure = target.rejects;
  return transferMoney(ctx, { ...order, simulateCreditFailure });
});
// #endregion worker

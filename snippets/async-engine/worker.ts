import { parentPort } from "node:worker_threads";
import { Resonate } from "@resonatehq/sdk/async";
import { openWire, type Port } from "../crash/wire.ts";
import { transferMoney } from "./transfer-money.ts";

// #region worker
const port = parentPort as unknown as Port;
const { network, db } = openWire(port);
const resonate = new Resonate({ network, logLevel: "error" });
resonate.setDependency("db", db);
resonate.register("transferMoney", transferMoney);
// #endregion worker

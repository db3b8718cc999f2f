import { parentPort } from "node:worker_threads";
import { Resonate } from "@resonatehq/sdk";
import { transferMoney } from "../transfer-money.ts";
import { openWire, type Port } from "./wire.ts";

// #region worker
const { network, db } = openWire(parentPort as unknown as Port);
const resonate = new Resonate({ network, logLevel: "error" });
resonate.setDependency("db", db);
resonate.register("transferMoney", transferMoney);
// #endregion worker

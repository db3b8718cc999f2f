import { parentPort, workerData } from "node:worker_threads";
import type { Scenario } from "./scenario.ts";
import { openWire, type Port } from "./wire.ts";

// #region thread
/** A worker in a thread of its own, of the scenario in this file. */
const file: { scenario: Scenario } = await import(workerData);
const { network, call } = openWire(parentPort as unknown as Port);
file.scenario.work({ network, logLevel: "error" }, call);
// #endregion thread

import { openWire, type Port } from "../crash/wire.ts";
import { workOf } from "../crash-matrix/transfer-world.ts";
import { sagaWithout } from "./lab-scenario.ts";

/** Its name is the guard that its saga lacks, if it lacks one. */
const saga = sagaWithout(self.name || undefined);
const { network, call } = openWire(self as Port);
workOf(saga)({ network, logLevel: "error" }, call);

import { openWire, type Port } from "../crash/wire.ts";
import { scenario } from "../crash-matrix/scenario.ts";

const { network, call } = openWire(self as Port);
scenario.work({ network, logLevel: "error" }, call);

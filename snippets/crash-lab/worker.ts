import type { Port } from "../crash/wire.ts";
import { startWorker } from "../crash-matrix/start-worker.ts";

startWorker(self as Port);

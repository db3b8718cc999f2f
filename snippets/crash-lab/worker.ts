import { startWorker } from "../crash-matrix/start-worker.ts";
import type { Port } from "../crash-matrix/wire.ts";

startWorker(self as Port);

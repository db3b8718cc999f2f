import { parentPort } from "node:worker_threads";
import { startWorker } from "./start-worker.ts";
import type { Port } from "./wire.ts";

startWorker(parentPort as unknown as Port);

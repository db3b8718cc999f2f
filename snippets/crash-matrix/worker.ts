import { parentPort } from "node:worker_threads";
import type { Port } from "../crash/wire.ts";
import { startWorker } from "./start-worker.ts";

startWorker(parentPort as unknown as Port);

import type { Called, Worker as Hired } from "../crash/wire.ts";

// #region start-web-worker
/** A worker in a Web Worker. Tells `failed` when it cannot start. */
export function startWebWorker(failed: () => void): Hired {
  // As one expression: bundlers look for it.
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
  });
  worker.onerror = failed;
  return {
    tell: (word) => worker.postMessage(word),
    onCall(hear) {
      worker.onmessage = ({ data }: MessageEvent<Called>) => hear(data);
    },
    terminate: async () => worker.terminate(),
  };
}
// #endregion start-web-worker

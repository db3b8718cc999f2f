import type { Called, Worker as Hired } from "../crash/wire.ts";

// #region start-web-worker
/** A worker in a Web Worker, whose saga lacks this guard, or none.
 * Tells `failed` when it cannot start. */
export function startWebWorker(
  without: string | undefined,
  failed: () => void,
): Hired {
  // As one expression: bundlers look for it.
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    type: "module",
    name: without ?? "",
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

import type { Asked, Port, Thread, Word } from "../crash/wire.ts";
import { silence } from "../support/silence.ts";
import { type Saga, startWorker } from "./start-worker.ts";

// #region client
/** A worker without a thread of its own. It cannot be killed, but it
 * can be left: nobody hears what it asks from then on. */
export function startClient(saga?: Saga): Thread {
  let ask = (_asked: Asked) => {};
  const port: Port = {
    onmessage: null,
    postMessage: (message) => ask(structuredClone(message) as Asked),
  };
  const resonate = startWorker(port, saga, { logger: silence });
  return {
    tell: (word: Word) =>
      port.onmessage?.({ data: structuredClone(word) }),
    onQuestion(hear) {
      ask = hear;
    },
    async terminate() {
      ask = () => {};
      await resonate.stop();
    },
  };
}
// #endregion client

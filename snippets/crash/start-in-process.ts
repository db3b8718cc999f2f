import type { Scenario } from "./scenario.ts";
import { silence } from "./silence.ts";
import {
  type Called,
  openWire,
  type Port,
  type Word,
  type Worker,
} from "./wire.ts";

// #region in-process
/** A worker without a thread of its own. It cannot be killed, but it
 * can be left: nobody hears what it calls for from then on. */
export function startInProcess(
  scenario: Pick<Scenario, "work">,
): Worker {
  let hear = (_called: Called) => {};
  const port: Port = {
    onmessage: null,
    postMessage: (message) => hear(structuredClone(message) as Called),
  };
  const { network, call } = openWire(port);
  const worker = scenario.work({ network, logger: silence }, call);
  return {
    tell: (word: Word) =>
      port.onmessage?.({ data: structuredClone(word) }),
    onCall(listen) {
      hear = listen;
    },
    async terminate() {
      hear = () => {};
      await worker.stop();
    },
  };
}
// #endregion in-process

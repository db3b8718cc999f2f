import type { Scenario } from "./scenario.ts";
import { silence } from "./silence.ts";
import {
  type Asked,
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
  let ask = (_asked: Asked) => {};
  const port: Port = {
    onmessage: null,
    postMessage: (message) => ask(structuredClone(message) as Asked),
  };
  const { network, call } = openWire(port);
  const worker = scenario.work({ network, logger: silence }, call);
  return {
    tell: (word: Word) =>
      port.onmessage?.({ data: structuredClone(word) }),
    onCall(hear) {
      ask = hear;
    },
    async terminate() {
      ask = () => {};
      await worker.stop();
    },
  };
}
// #endregion in-process

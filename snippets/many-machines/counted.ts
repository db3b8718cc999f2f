import type { Network } from "@resonatehq/sdk";
import { Counter, Histogram, type Registry } from "prom-client";
import { watchNetwork } from "./watch-network.ts";

// #region counted
/**
 * The network of a worker, with the transfers that pass it counted in
 * `figures`, as Prometheus reads them. What no worker takes passes
 * none, and a worker that dies takes its counts with it.
 */
export function counted(network: Network, figures: Registry): Network {
  const counter = (name: string, help: string) =>
    new Counter({ name, help, registers: [figures] });
  const begun = counter(
    "transfers_begun_total",
    "Taken for the first time",
  );
  const resumed = counter(
    "transfers_resumed_total",
    "Taken again, after a pause or from another worker",
  );
  const parked = counter(
    "transfers_parked_total",
    "Left to wait: for a pause, or for a person",
  );
  const seconds = new Histogram({
    name: "transfer_seconds",
    help: "From the order to the end, whoever made its steps",
    labelNames: ["end"],
    buckets: [0.1, 0.5, 1, 5, 30, 60, 600, 3_600, 86_400],
    registers: [figures],
  });

  return watchNetwork(network, async (_, proceed) => {
    const answer = await proceed();
    if (answer.head.status !== 200) return answer;
    if (answer.kind === "task.acquire") {
      const { task } = answer.data as { task: { version: number } };
      (task.version === 1 ? begun : resumed).inc();
    }
    if (answer.kind === "task.suspend") parked.inc();
    if (answer.kind === "task.fulfill") {
      const { promise } = answer.data as { promise: Ended };
      const { state, createdAt, settledAt } = promise;
      seconds.observe({ end: state }, (settledAt - createdAt) / 1_000);
    }
    return answer;
  });
}
type Ended = { state: string; createdAt: number; settledAt: number };
// #endregion counted

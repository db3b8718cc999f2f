import type { Network, Request, Response } from "@resonatehq/sdk";
import { watchNetwork } from "./watch-network.ts";

type Release = Extract<Request, { kind: "task.release" }>;

// #region holding
/**
 * The network of a worker, which notes what the worker holds, so that
 * the worker can leave in good order.
 */
export function holding(network: Network) {
  const held = new Map<string, Release>(); // how each is given back
  const none = Promise.withResolvers<void>();
  let [leaving, deaf, acquiring] = [false, false, 0];
  const look = () => {
    if (leaving && !acquiring && !held.size) none.resolve();
  };

  const own = watchNetwork(network, async (request, proceed) => {
    const acquires = request.kind === "task.acquire";
    if (acquires && deaf) throw new Error("this worker is leaving");
    if (acquires) acquiring += 1;
    try {
      const response = await proceed();
      note(request, response);
      return response;
    } finally {
      if (acquires) acquiring -= 1;
      look();
    }
  });

  function note(request: Request, { kind, head, data }: Response) {
    if (kind === "task.acquire") {
      if (head.status !== 200) return; // somebody else has it, or we do
      const { id, version } = (data as { task: Release["data"] }).task;
      held.set(id, {
        kind: "task.release",
        head: request.head,
        data: { id, version },
      });
    } else if (isOver(kind, head.status))
      held.delete((request.data as { id: string }).id);
  }

  /** Hears no more, and ends what it holds, in at most `limitMs`. */
  async function finish(limitMs: number): Promise<void> {
    leaving = true;
    await network.stop(); // it can still speak
    deaf = true;
    look();
    const limit = AbortSignal.timeout(limitMs);
    limit.addEventListener("abort", () => none.resolve());
    await none.promise;
  }

  /**
   * Gives back what it still holds, and says how many that were. For
   * what cannot be given back, others wait for the lease.
   */
  async function giveBack(): Promise<number> {
    const answers = await Promise.allSettled(
      [...held.values()].map((release) => network.send(release)),
    );
    return answers.filter(
      (each) =>
        each.status === "fulfilled" && each.value.head.status === 200,
    ).length;
  }

  return { network: own, finish, giveBack };
}

/** Whether a task is no longer the worker's after this answer. */
const isOver = (kind: Response["kind"], status: number) =>
  kind === "task.fulfill" ||
  kind === "task.release" ||
  (kind === "task.suspend" && status === 200) ||
  (kind.startsWith("task.") && status === 409);
// #endregion holding

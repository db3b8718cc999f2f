import type { Network, Request, Response } from "@resonatehq/sdk";

type Release = Extract<Request, { kind: "task.release" }>;

// #region holding
/**
 * The network of a worker, which knows what the worker holds, so that
 * the worker can leave in good order.
 */
export function holding(network: Network) {
  const held = new Map<string, Release>(); // how each is given back
  const none = Promise.withResolvers<void>();
  let leaving = false;

  const send = async (request: Request) => {
    const response: Response = await network.send(request as never);
    const { kind, head, data } = response;
    if (kind === "task.acquire" && head.status === 200) {
      const { id, version } = (data as { task: Release["data"] }).task;
      held.set(id, {
        kind: "task.release",
        head: request.head,
        data: { id, version },
      });
    }
    if (isOver(kind, head.status))
      held.delete((request.data as { id: string }).id);
    if (leaving && !held.size) none.resolve();
    return response;
  };

  /**
   * Takes nothing new, and goes on for at most `limitMs` with what it
   * holds. Then gives back the rest, and says how many that were.
   */
  async function leave(limitMs: number): Promise<number> {
    leaving = true;
    await network.stop(); // it hears no more, and can still speak
    if (!held.size) none.resolve();
    const limit = AbortSignal.timeout(limitMs);
    limit.addEventListener("abort", () => none.resolve());
    await none.promise;
    const rest = [...held.values()];
    for (const release of rest) // or else others wait for the lease
      await network.send(release).catch(() => {});
    return rest.length;
  }
  const { unicast, anycast } = network;
  const own = {
    unicast,
    anycast,
    match: (target: string) => network.match(target),
    init: () => network.init(),
    stop: () => network.stop(),
    recv: (hear) => network.recv(hear),
    send: send as Network["send"],
  } satisfies Network;
  return { network: own, leave };
}

/** Whether a task is no longer the worker's after this answer. */
const isOver = (kind: Request["kind"], status: number) =>
  kind === "task.fulfill" ||
  (kind === "task.suspend" && status === 200) ||
  (kind.startsWith("task.") && status === 409);
// #endregion holding

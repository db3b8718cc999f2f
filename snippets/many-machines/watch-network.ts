import type { Network, Request, Response } from "@resonatehq/sdk";

// #region watch-network
/** That network, with `around` in the way of each request. */
export function watchNetwork(
  network: Network,
  around: (
    request: Request,
    proceed: () => Promise<Response>,
  ) => Promise<Response>,
): Network {
  const { unicast, anycast } = network;
  const send = (request: Request) =>
    around(request, () => network.send(request as never));
  return {
    unicast,
    anycast,
    match: (target: string) => network.match(target),
    init: () => network.init(),
    stop: () => network.stop(),
    recv: (hear) => network.recv(hear),
    send: send as Network["send"],
  };
}
// #endregion watch-network

import {
  isResponse,
  LocalNetwork,
  type Request,
  type Response,
} from "@resonatehq/sdk";

// #region store
/**
 * The SDK's store, for a port that anyone may knock at. `LocalNetwork`
 * ends the process when its answer is none that the protocol has, as
 * for a wait on a promise that is not there. This one says so instead.
 */
export class Store extends LocalNetwork {
  answer(request: Request): Response | { error: string } {
    const { corrId, version } = request.head;
    const result = this["server"].apply(Date.now(), request);
    setTimeout(() => this["dispatchMessages"](result), 0);
    const { kind, head, data } = result.response;
    const answer = { kind, head: { corrId, version, ...head }, data };
    if (isResponse(answer)) return answer;
    return {
      error: `the store cannot do this: ${kind} ${head.status}`,
    };
  }
}
// #endregion store

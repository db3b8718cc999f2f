import type { Message, Network, Request } from "@resonatehq/sdk";

// #region wire
/** What a worker asks of a service, which goes by a name. */
export interface Call {
  to: string;
  method: string;
  args: unknown[];
}
export type CallService = (call: Call) => Promise<unknown>;

/** What a worker is told: an answer, or a message of the server. */
export type Word =
  | { answers: number; value: unknown }
  | { answers: number; error: string }
  | { message: Message };

/** A worker's end of the wire, as Node and browsers have it. */
export interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: Word }) => void) | null;
}

/** What crosses from a worker to the simulation. */
export interface Called {
  number: number;
  call: Call;
}

/** A worker, as the simulation has it. */
export interface Worker {
  tell(word: Word): void;
  onCall(hear: (called: Called) => void): void;
  terminate(): Promise<unknown>;
}

/**
 * The worker's end of the wire. A worker has nothing but the running
 * saga. The server and all other services are elsewhere, and each call
 * to one of them crosses here: these are all the points where it can
 * die.
 */
export function openWire(port: Port) {
  const waiting: PromiseWithResolvers<unknown>[] = [];
  const receivers: ((message: Message) => void)[] = [];

  port.onmessage = ({ data: word }) => {
    if ("message" in word)
      for (const receive of receivers) receive(word.message);
    else if ("error" in word)
      waiting[word.answers]?.reject(new Error(word.error));
    else waiting[word.answers]?.resolve(word.value);
  };
  const call: CallService = (call) => {
    const answer = Promise.withResolvers<unknown>();
    const number = waiting.push(answer) - 1;
    port.postMessage({ number, call } satisfies Called);
    return answer.promise;
  };
  const network = {
    unicast: "local://uni@default/worker",
    anycast: "local://any@default/worker",
    match: (target: string) => `local://any@${target}`,
    init: async () => {},
    stop: async () => {},
    send: (request: Request) =>
      call({ to: "server", method: "send", args: [request] }),
    recv: (receive) => void receivers.push(receive),
  } as Network;
  return { network, call };
}
// #endregion wire

import type { Message, Network, Request } from "@resonatehq/sdk";
import type { LedgerDb } from "../transfer/ledger.ts";

type Method = "run" | "get" | "all";

/** What a worker asks of its host: of the server, or of the ledger. */
export type Question =
  | { to: "server"; request: Request }
  | { to: "ledger"; method: Method; sql: string; values: unknown[] };

/** What a host says: an answer, or a message of the server. */
export type Word =
  | { answers: number; value: unknown }
  | { answers: number; error: string }
  | { message: Message };

/** A worker's port to its host, as Node and browsers have it. */
export interface Port {
  postMessage(message: unknown): void;
  onmessage: ((event: { data: Word }) => void) | null;
}

/** What crosses from a worker to its host. */
export interface Asked {
  number: number;
  question: Question;
}

/** A worker, as its host has it. */
export interface Thread {
  tell(word: Word): void;
  onQuestion(hear: (asked: Asked) => void): void;
  terminate(): Promise<unknown>;
}

// #region wire
/**
 * The worker's end of the wire. A worker has nothing but the running
 * saga. The server and the ledger are its host's, and each question to
 * one of them crosses here: these are all the points where it can die.
 */
export function openWire(port: Port) {
  const asked: PromiseWithResolvers<unknown>[] = [];
  const receivers: ((message: Message) => void)[] = [];

  port.onmessage = ({ data: word }) => {
    if ("message" in word)
      for (const receive of receivers) receive(word.message);
    else if ("error" in word)
      asked[word.answers]?.reject(new Error(word.error));
    else asked[word.answers]?.resolve(word.value);
  };
  function ask(question: Question): Promise<unknown> {
    const answer = Promise.withResolvers<unknown>();
    const number = asked.push(answer) - 1;
    port.postMessage({ number, question } satisfies Asked);
    return answer.promise;
  }

  const network = {
    unicast: "local://uni@default/worker",
    anycast: "local://any@default/worker",
    match: (target: string) => `local://any@${target}`,
    init: async () => {},
    stop: async () => {},
    send: (request: Request) => ask({ to: "server", request }),
    recv: (receive) => void receivers.push(receive),
  } as Network;
  const db = {
    prepare(sql: string) {
      const to = "ledger";
      const method =
        (method: Method) =>
        (...values: unknown[]) =>
          ask({ to, method, sql, values });
      return {
        run: method("run"),
        get: method("get"),
        all: method("all"),
      };
    },
  } as LedgerDb;
  return { network, db };
}
// #endregion wire

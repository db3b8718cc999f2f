import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { answerRequest } from "../transfer/bank/answer-request.ts";
import type { LedgerDb } from "../transfer/ledger.ts";

// #region serve-bank
/**
 * A bank behind a port of this machine: 0 is any free one. Whoever is
 * slow is cut off. What fails is answered 500, and said on stderr.
 * Throws when the port is taken.
 */
export async function serveBank(
  db: LedgerDb,
  port = 0,
  answers = answerRequest,
) {
  let answered = Promise.withResolvers<void>();
  const server = serve({
    async fetch(request) {
      const response = await answers(db, request).catch(failed);
      answered.resolve();
      answered = Promise.withResolvers();
      return response;
    },
    port,
    hostname: "127.0.0.1",
    serverOptions: {
      headersTimeout: 2_000,
      requestTimeout: 3_000,
      connectionsCheckingInterval: 500,
    },
  });
  await once(server, "listening");
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    /** Comes back when the next request has its answer. */
    answered: () => answered.promise,
    /** Answers what it was asked, and takes nothing more. */
    async stop() {
      server.close();
      if ("closeIdleConnections" in server)
        server.closeIdleConnections();
      await once(server, "close");
    },
  };
}
// #endregion serve-bank

function failed(error: Error): Response {
  console.error(`a bank failed: ${error.message}`);
  return new Response("it failed here", { status: 500 });
}

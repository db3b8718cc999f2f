import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type HttpBindings, serve } from "@hono/node-server";
import type { Link } from "../link.ts";

// #region proxy
/** What stands before a bank, wherever that is now: a link. */
export async function startProxy(link: Link, bank: () => string) {
  const server = serve({
    port: 0,
    hostname: "127.0.0.1",
    async fetch(request, bindings) {
      const { method, url, headers } = request;
      const { pathname } = new URL(url);
      const key = headers.get("Idempotency-Key") ?? "";
      const body = await request.text();
      const deliver = () =>
        fetch(`${bank()}${pathname}`, {
          method,
          headers: { "Idempotency-Key": key },
          body,
        });
      try {
        const answer = await link.pass(deliver, key);
        if (answer instanceof Response) return answer;
        const { status, body } = answer as {
          status: number;
          body: string;
        };
        return new Response(body, { status });
      } catch {
        (bindings as HttpBindings).incoming.socket.destroy();
        return new Response();
      }
    },
  });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => server.close(),
  };
}
// #endregion proxy

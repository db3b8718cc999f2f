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
      const { pathname } = new URL(request.url);
      const send = (each: Request) =>
        fetch(new Request(`${bank()}${pathname}`, each));
      // Read now: what is held is sent when the client has gone.
      const { method, headers } = request;
      const body = await request.text();
      const whole = new Request(request.url, { method, headers, body });
      return link.pass(whole, send).catch(() => {
        (bindings as HttpBindings).incoming.socket.destroy();
        return new Response();
      });
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

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { isRequest, type Request } from "@resonatehq/sdk";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { streamSSE } from "hono/streaming";
import { Router } from "./router.ts";
import { Store } from "./store.ts";

const KEEP_ALIVE = 60_000; // milliseconds; fetch gives up after 5 min

// #region server
/**
 * A stand-in for `resonate dev`, on loopback only: the SDK's own store,
 * in memory, behind the SDK's own protocol. Port 0 is any free one.
 * Throws when the port is taken. Whatever it is sent, it stays up, and
 * keeps its records and its clock.
 */
export async function startDevServer(port = 0) {
  const store = new Store();
  const router = new Router(store);
  const app = new Hono();

  app.get("/", (c) =>
    c.text("The dev server is up; POST it requests."),
  );

  const tooMuch = { error: "a request has at most a million bytes" };
  const limit = bodyLimit({
    maxSize: 1_000_000,
    onError: (c) => c.json(tooMuch, 413),
  });
  app.post("/", limit, async (c) => {
    const request: unknown = await c.req.json().catch(() => undefined);
    if (!isRequest(request) || isForTests(request) || isUneven(request))
      return c.json(
        { error: "this is no request that Resonate has" },
        400,
      );
    router.note(request);
    const answer = store.answer(request);
    if ("error" in answer) return c.json(answer, 422);
    return c.json(answer, answer.head.status as 200);
  });

  app.get("/poll/:group/:pid", (c) =>
    streamSSE(c, async (stream) => {
      const gone = new Promise<void>((done) => stream.onAbort(done));
      const { group, pid } = c.req.param();
      const leave = router.join(group, pid, (message) =>
        stream.writeSSE({ data: JSON.stringify(message) }),
      );
      const alive = setInterval(
        () => stream.write(": still here\n\n"),
        KEEP_ALIVE,
      );
      await gone;
      clearInterval(alive);
      leave();
    }),
  );
  app.onError((error, c) => c.json({ error: error.message }, 500));

  const server = serve({
    fetch: app.fetch,
    port,
    hostname: "127.0.0.1",
  });
  await once(server, "listening").catch((cause) => {
    throw new Error(`cannot listen on port ${port}: ${cause.code}`);
  });
  await store.init(); // from now on leases and timeouts can pass
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    async stop() {
      await store.stop();
      server.close();
      if ("closeAllConnections" in server) server.closeAllConnections();
    },
  };
}

/** Such a request would wipe the store, or move its clock. */
function isForTests({ kind, head }: Request) {
  return kind.startsWith("debug.") || "resonate:debug_time" in head;
}

/** A time that is no whole number, which a real server refuses. */
function isUneven({ data }: Request): boolean {
  const { timeoutAt = 0 } = (
    "action" in data ? data.action.data : data
  ) as { timeoutAt?: number };
  return !Number.isInteger(timeoutAt);
}
// #endregion server

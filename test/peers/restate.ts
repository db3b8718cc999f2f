import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http2";
import * as restate from "@restatedev/restate-sdk";
import * as clients from "@restatedev/restate-sdk-clients";
import pRetry from "p-retry";
import type { Order } from "../../snippets/transfer/check-transfer.ts";
import type { Engine } from "../bench/engines.ts";
import { openBench } from "../bench/open-bench.ts";
import { freePort } from "../support/free-port.ts";
import { isNo, leavesOf } from "./leaves.ts";

/** The same saga on Restate, whose server keeps its records in `folder`. */
export async function openRestate(
  folder: string,
  file: string,
): Promise<Engine> {
  const { db, order } = await openBench(file);
  const transfers = restate.service({
    name: "transfers",
    handlers: {
      async make(ctx: restate.Context, order: Order) {
        const leaves = leavesOf(db, order);
        const step = <T>(name: string, leaf: () => Promise<T>) =>
          ctx.run(name, () =>
            leaf().catch((error) => {
              if (isNo(error)) throw new restate.TerminalError(error.message);
              throw error;
            }),
          );
        await step("debit", leaves.debit);
        try {
          await step("credit", leaves.credit);
        } catch (error) {
          if (!(error instanceof restate.TerminalError)) throw error;
          await step("reversal", leaves.reversal);
          return { status: "compensated" };
        }
        return { status: "committed" };
      },
    },
  });
  const endpoint = createServer(
    restate.createEndpointHandler({
      services: [transfers],
      logger: () => {}, // it would say each call
    }),
  );
  await once(endpoint.listen(0, "127.0.0.1"), "listening");
  const [ingress, admin, node] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const at = (port: number) => `127.0.0.1:${port}`;
  const server = spawn(
    new URL("node_modules/.bin/restate-server", import.meta.url).pathname,
    ["--no-logo", "--base-dir", folder, "--listen-mode", "tcp"],
    {
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        ...process.env,
        RESTATE_INGRESS__BIND_ADDRESS: at(ingress),
        RESTATE_ADMIN__BIND_ADDRESS: at(admin),
        RESTATE_BIND_ADDRESS: at(node),
        RESTATE_ADVERTISED_ADDRESS: `http://${at(node)}`,
        RESTATE_LOG_FILTER: "error,octocrab=off",
        RESTATE_DISABLE_TELEMETRY: "true",
        DO_NOT_TRACK: "1",
      },
    },
  );
  const ended = once(server, "exit");
  process.once("exit", () => server.kill("SIGKILL")); // if we are told to end
  const { port } = endpoint.address() as { port: number };
  await pRetry(
    async () => {
      const answer = await fetch(`http://${at(admin)}/deployments`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ uri: `http://${at(port)}` }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    { retries: 100, minTimeout: 100, factor: 1 },
  );
  const client = clients
    .connect({ url: `http://${at(ingress)}` })
    .serviceClient<typeof transfers>({ name: "transfers" });
  const group = randomUUID();
  let made = 0;
  return {
    async transfer() {
      const next = order(made++, group);
      const idempotencyKey = next.id;
      return await client.make(next, clients.rpc.opts({ idempotencyKey }));
    },
    made: () => made,
    db,
    async close() {
      server.kill("SIGTERM");
      await ended;
      endpoint.close();
      db.close();
    },
  };
}

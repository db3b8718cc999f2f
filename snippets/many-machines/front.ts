import { randomUUID } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Resonate } from "@resonatehq/sdk";
import { pino } from "pino";
import { checkServer } from "../support/check-server.ts";
import { program } from "../support/program.ts";
import { answerOrders } from "./answer-orders.ts";
import { readConfig } from "./config.ts";
import { openNetwork } from "./network.ts";
import { openTheOne } from "./open-shared.ts";

const USAGE = `\
usage: npx tsx snippets/many-machines/front.ts

Takes orders over HTTP, as you would deploy it. It is told by its
environment: RESONATE_URL, LEDGER_URL and LEDGER_ID, and, unless you
want what they are, GROUP, FRONT_HOST and FRONT_PORT. SIGTERM ends it.`;

const PATIENCE_MS = 10_000; // while the engine is away

await program(USAGE, {}, async () => {
  const config = readConfig(process.env);
  const { RESONATE_URL: url, GROUP: group } = config;
  const log = pino({ base: { group } });
  const db = await openTheOne(config.LEDGER_URL, config.LEDGER_ID);

  // #region front
  const pid = randomUUID();
  const network = openNetwork(url, `${group}-fronts`, pid, log);
  const client = new Resonate({ network, pid, logger: log });
  await checkServer(client, url);
  const app = answerOrders(client, db, group, PATIENCE_MS);
  const server = serve({
    fetch: app.fetch,
    port: config.FRONT_PORT,
    hostname: config.FRONT_HOST,
  });
  await once(server, "listening");
  // #endregion front
  log.info({ front: server.address() }, "up");
  const { port } = server.address() as AddressInfo;
  process.send?.(`http://${config.FRONT_HOST}:${port}`);
  process.on("disconnect", () => process.exit(1)); // its parent is gone

  process.once("SIGTERM", async () => {
    server.close(); // what was asked is answered
    await once(server, "close");
    await client.stop();
    await db.close();
    log.info("left");
  });
});

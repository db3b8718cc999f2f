import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { serve } from "@hono/node-server";
import { Resonate } from "@resonatehq/sdk";
import { Hono } from "hono";
import { pino } from "pino";
import { Registry } from "prom-client";
import { checkServer } from "../support/check-server.ts";
import { program } from "../support/program.ts";
import { transferAskingAgain } from "../transfer/ask-again.ts";
import { readConfig } from "./config.ts";
import { counted } from "./counted.ts";
import { holding } from "./holding.ts";
import { openNetwork } from "./network.ts";
import { openTheOne } from "./open-shared.ts";

const USAGE = `\
usage: npx tsx snippets/many-machines/worker.ts

A worker, as you would deploy it. It is told by its environment:
RESONATE_URL, LEDGER_URL and LEDGER_ID, and, unless you want what they
are, GROUP, LEASE_MS, STOP_MS, HEALTH_HOST and HEALTH_PORT. SIGTERM
ends it.`;

await program(USAGE, {}, async () => {
  const config = readConfig(process.env);
  const log = pino({ base: { group: config.GROUP } });
  const db = await openTheOne(config.LEDGER_URL, config.LEDGER_ID);

  // #region health
  const figures = new Registry();
  let isLeaving = false;
  const isWell = async () => {
    try {
      await db.prepare("SELECT 1").get();
      return !isLeaving;
    } catch {
      return false;
    }
  };
  const app = new Hono();
  app.get("/", async (c) =>
    (await isWell()) ? c.text("well") : c.text("not well", 503),
  );
  app.get("/metrics", async (c) => c.text(await figures.metrics()));
  const health = serve({
    fetch: app.fetch,
    port: config.HEALTH_PORT,
    hostname: config.HEALTH_HOST,
  });
  await once(health, "listening");
  // #endregion health

  // #region worker
  const { RESONATE_URL: url, GROUP: group, LEASE_MS: ttl } = config;
  const pid = randomUUID();
  const way = holding(openNetwork(url, group, pid, log));
  const network = counted(way.network, figures);
  const resonate = new Resonate({ network, pid, ttl, logger: log });
  resonate.setDependency("db", db);
  resonate.register("transferMoney", transferAskingAgain);
  // #endregion worker

  // #region leave
  process.once("SIGTERM", async () => {
    isLeaving = true;
    log.info("leaving");
    await way.finish(config.STOP_MS);
    await db.close(); // so that nothing of ours comes after the next
    const given = await way.giveBack();
    await resonate.stop();
    health.close();
    log.info({ given }, "left");
    process.exit(0);
  });
  // #endregion leave
  await checkServer(resonate, url);
  log.info({ health: health.address() }, "up");
  process.send?.("up");
  process.on("disconnect", () => process.exit(1)); // its parent is gone
});

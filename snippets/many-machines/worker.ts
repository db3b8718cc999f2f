import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import { Resonate } from "@resonatehq/sdk";
import { pino } from "pino";
import { checkServer } from "../support/check-server.ts";
import { program } from "../support/program.ts";
import { transferAskingAgain } from "../the-shape/ask-again.ts";
import { readConfig } from "./config.ts";
import { holding } from "./holding.ts";
import { openNetwork } from "./network.ts";
import { openTheOne } from "./open-shared.ts";

const USAGE = `\
usage: npx tsx snippets/many-machines/worker.ts

A worker, as you would deploy it. It is told by its environment:
RESONATE_URL, LEDGER_URL and LEDGER_ID, and, unless you want what they
are, GROUP, LEASE_MS, STOP_MS and HEALTH_PORT. SIGTERM ends it.`;

await program(USAGE, {}, async () => {
  const config = readConfig(process.env);
  const log = pino({ base: { group: config.GROUP } });

  // #region worker
  const { RESONATE_URL: url, GROUP: group, LEASE_MS: ttl } = config;
  const db = await openTheOne(config.LEDGER_URL, config.LEDGER_ID);
  const pid = randomUUID();
  const { network, leave } = holding(openNetwork(url, group, pid));
  const resonate = new Resonate({ network, pid, ttl });
  await checkServer(resonate, url);
  resonate.setDependency("db", db);
  resonate.register("transferMoney", transferAskingAgain);
  // #endregion worker

  // #region health
  let isLeaving = false;
  const isWell = async () => {
    try {
      await db.prepare("SELECT 1").get();
      return !isLeaving;
    } catch {
      return false;
    }
  };
  const health = createServer(async (_, response) => {
    const well = await isWell();
    response
      .writeHead(well ? 200 : 503)
      .end(well ? "well" : "not well");
  });
  health.listen(config.HEALTH_PORT, "127.0.0.1");
  await once(health, "listening");
  // #endregion health
  log.info({ health: health.address() }, "up");
  process.send?.("up");

  // #region leave
  process.once("SIGTERM", async () => {
    isLeaving = true;
    log.info("leaving");
    const given = await leave(config.STOP_MS);
    await resonate.stop();
    await db.close();
    health.close();
    log.info({ given }, "left");
    process.exit(0);
  });
  // #endregion leave
  process.on("disconnect", () => process.exit(1)); // its parent is gone
});

import { randomUUID } from "node:crypto";
import { Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test } from "vitest";
import { brokenBy, recordHistory } from "#snippets/changing/record-history.ts";
import { transferWithLimit } from "#snippets/changing/with-limit.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { closeAccount, openAccount } from "#snippets/transfer/accounts.ts";
import { IN_TRANSIT } from "#snippets/transfer/in-transit/legs.ts";
import { transferInTransit } from "#snippets/transfer/in-transit/saga.ts";
import { openBank, order, orderFor } from "../support/bank.ts";

test("a run on a server is recorded by whoever can reach it, and replayed where there is none", {
  timeout: 60_000,
}, async () => {
  const server = await startDevServer();
  onTestFinished(() => server.stop());
  const { db } = await openBank();
  await openAccount(db, IN_TRANSIT, 0);
  await closeAccount(db, "bob");
  const worker = new Resonate({ url: server.url, logLevel: "error" });
  onTestFinished(() => worker.stop());
  worker.setDependency("db", db);
  const transfer = worker.register("transfer", transferInTransit);
  const id = randomUUID();
  await transfer.run(id, await orderFor(db, { ...order, id }));

  const other = new Resonate({ url: server.url, logLevel: "error" });
  onTestFinished(() => other.stop());
  const kept = await recordHistory(transferInTransit, other.promises, id);
  expect(kept.steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
    "payIn resolved",
    "payOut rejected",
    "payBack resolved",
  ]);
  expect(await brokenBy(transferInTransit, { kept })).toEqual([]);
  expect(await brokenBy(transferWithLimit, { kept })).toEqual([
    `kept: ${id}:0 was payIn, and is askLimit now`,
  ]);
});

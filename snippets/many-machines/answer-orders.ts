import { isDeepStrictEqual } from "node:util";
import {
  Codec,
  type Resonate,
  ResonateTimeoutException,
} from "@resonatehq/sdk";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { HTTPException } from "hono/http-exception";
import {
  checkTransfer,
  InvalidTransfer,
  type Order,
  type Transfer,
} from "../transfer/check-transfer.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import { untilAnswered } from "./until-answered.ts";

const limit = bodyLimit({ maxSize: 4_096 });

// #region take-order
/**
 * Takes orders over HTTP, and passes them to the workers of `group`.
 * `POST /transfers` answers 202 when the order is on record, with an
 * address to ask; 409 when its id has another order; 400 when it is no
 * transfer; 503 when the engine is away, for `patienceMs` at most.
 */
export function answerOrders(
  client: Resonate,
  db: LedgerDb,
  group: string,
  patienceMs: number,
) {
  const app = new Hono();
  const toWorkers = client.options({ target: group });

  app.post("/transfers", limit, async (c) => {
    const order = await readOrder(c.req.json(), db);
    if (order instanceof InvalidTransfer)
      return c.json({ problem: order.message }, 400);
    const { id } = order;
    await untilAnswered(
      () => client.beginRpc(id, "transferMoney", order, toWorkers),
      AbortSignal.timeout(patienceMs),
    );
    // Whoever came first is on record: that may be somebody else.
    const kept = await orderOf(client, id);
    if (!isDeepStrictEqual(kept, order))
      return c.json({ problem: `${id} is taken`, kept, order }, 409);
    return c.json({ id }, 202, { Location: `/transfers/${id}` });
  });
  // #endregion take-order

  // #region tell-end
  app.get("/transfers/:id", async (c) => {
    const id = c.req.param("id");
    const run = await client.promises.get(id).catch((error) => {
      if (isAway(error)) throw error;
    });
    if (!run) return c.json({ problem: `there is no ${id}` }, 404);
    if (run.state === "pending")
      return c.json({ id, status: "running" });
    const end = new Codec().decode(run.value);
    if (run.state === "resolved") return c.json({ id, ...Object(end) });
    const reason = end instanceof Error ? end.message : run.state;
    return c.json({ id, status: "failed", reason });
  });
  // #endregion tell-end

  // #region away
  app.onError((error, c) => {
    if (isAway(error))
      return c.json({ problem: "ask again, under the same id" }, 503);
    if (error instanceof HTTPException) return error.getResponse();
    console.error(error);
    return c.json({ problem: "it failed here" }, 500);
  });
  return app;
}

const isAway = (error: Error) =>
  error instanceof ResonateTimeoutException ||
  error.name === "TimeoutError"; // our patience
// #endregion away

// #region read-order
/** The order, or what is wrong with it. */
async function readOrder(
  body: Promise<unknown>,
  db: LedgerDb,
): Promise<Order | InvalidTransfer> {
  try {
    const { id, source, target, amountCents } = Object(await body);
    const transfer = { id, source, target, amountCents } as Transfer;
    return await checkTransfer(transfer, db);
  } catch (error) {
    if (error instanceof InvalidTransfer) return error;
    if (error instanceof SyntaxError)
      return new InvalidTransfer("the body is no JSON");
    throw error;
  }
}

/** What the run of that id was ordered with, the first time. */
async function orderOf({ promises }: Resonate, id: string) {
  const { args } = new Codec().decode((await promises.get(id)).param);
  return (args as unknown[])[0];
}
// #endregion read-order

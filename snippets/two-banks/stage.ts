import { Resonate } from "@resonatehq/sdk";
import { silence } from "../crash/silence.ts";
import { answerRequest } from "../transfer/bank/answer-request.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import type { Bank } from "../transfer/two-banks/ask-bank.ts";
import type { BankOrder } from "../transfer/two-banks/bank-order.ts";
import type { BankResult } from "../transfer/two-banks/saga.ts";
import { FAR_MS } from "../transfer/two-banks/settle.ts";
import { employ, type Saga } from "./employ.ts";
import { Link } from "./link.ts";
import { openBanks } from "./open-banks.ts";
import { serveBank } from "./serve-bank.ts";

// #region stage
/**
 * Two banks over HTTP, and a worker in this process, which keeps its
 * records there unless `client` makes another one.
 */
export async function openStage(
  saga: Saga,
  answers = answerRequest,
  client = () => new Resonate({ logger: silence }),
) {
  const stores = await openBanks(() => openLedger());
  const links = { east: new Link(), west: new Link() };
  const east = await serveBank(stores.east, 0, answers);
  const west = await serveBank(stores.west, 0, answers);
  const banks = {
    east: reach(east.url, links.east),
    west: reach(west.url, links.west),
  };
  const startWorker = () => {
    const { parked } = stores;
    return employ(client(), saga, {
      banks,
      parked,
      alert: console.log,
    });
  };
  const stage = {
    stores,
    links,
    banks,
    resonate: startWorker(),
    run(order: BankOrder): Promise<BankResult> {
      const far = stage.resonate.options({ timeout: FAR_MS });
      const name = "transferBetweenBanks";
      return stage.resonate.run(order.id, name, order, far);
    },
    /** As an engine does that cleans up what has ended. */
    async forgetRuns() {
      await stage.resonate.stop();
      stage.resonate = startWorker();
    },
    async stop() {
      await stage.resonate.stop();
      for (const bank of [east, west]) await bank.stop();
      for (const db of Object.values(stores)) db.close();
    },
  };
  return stage;
}
export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A bank, at the other end of a link. */
function reach(url: string, link: Link): Bank {
  const overLink = (request: Request) => link.pass(request, fetch);
  return { url, timeLimitMs: 10_000, fetch: overLink };
}
// #endregion stage

import { type Context, Resonate } from "@resonatehq/sdk";
import { silence } from "../crash/silence.ts";
import { formatCents } from "../support/format-cents.ts";
import { program } from "../support/program.ts";
import { audit, balances } from "../transfer/accounts.ts";
import { answerRequest } from "../transfer/bank/answer-request.ts";
import { LOSSES } from "../transfer/bank/tables.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import type { Bank } from "../transfer/two-banks/ask-bank.ts";
import type { BankOrder } from "../transfer/two-banks/bank-order.ts";
import type { BankResult } from "../transfer/two-banks/saga.ts";
import { FAR_MS } from "../transfer/two-banks/settle.ts";
import { Link } from "./link.ts";
import { openBanks, type Stores } from "./open-banks.ts";
import { serveBank } from "./serve-bank.ts";

type Saga = (ctx: Context, order: BankOrder) => Generator;

// #region stage
/** Two banks over HTTP, and a worker in this process. */
export async function openStage(saga: Saga, answers = answerRequest) {
  const stores = await openBanks(() => openLedger());
  const links = { east: new Link(), west: new Link() };
  const east = await serveBank(stores.east, 0, answers);
  const west = await serveBank(stores.west, 0, answers);
  const banks = {
    east: reach(east.url, links.east),
    west: reach(west.url, links.west),
  };
  const resonate = new Resonate({ logger: silence });
  resonate.setDependency("banks", banks);
  resonate.setDependency("parked", stores.parked);
  resonate.setDependency("alert", console.log);
  const transfers = resonate.register("transferBetweenBanks", saga);
  return {
    stores,
    links,
    banks,
    resonate,
    run(order: BankOrder): Promise<BankResult> {
      const far = resonate.options({ timeout: FAR_MS });
      return transfers.run(order.id, order, far) as Promise<BankResult>;
    },
    async stop() {
      await resonate.stop();
      for (const bank of [east, west]) await bank.stop();
      for (const db of Object.values(stores)) db.close();
    },
  };
}
export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A bank, at the other end of a link. */
function reach(url: string, link: Link): Bank {
  return {
    url,
    timeLimitMs: 2_000,
    fetch: async (request) => {
      const again = () => fetch(request.clone());
      const answer = await link.pass(again);
      if (answer instanceof Response) return answer;
      const { status, body } = answer as {
        status: number;
        body: string;
      };
      return new Response(body, { status });
    },
  };
}
// #endregion stage

// #region tell
/** What both banks hold, in cents. */
export async function heldBy({ east, west }: Stores): Promise<number> {
  const sums = [await audit(east), await audit(west)];
  return sums.reduce((cents, { heldCents }) => cents + heldCents, 0);
}

/** Prints what has become of a transfer, and who has the money. */
export async function tell(
  what: string,
  stores: Stores,
  inFlightCents = 0,
) {
  const { east, west } = stores;
  const all = [...(await balances(east)), ...(await balances(west))];
  const rows = all
    .filter(({ account, cents }) => account !== LOSSES || cents > 0)
    .map(({ account, cents }) => `${account} ${formatCents(cents)}`);
  if (inFlightCents)
    rows.push(`in flight ${formatCents(inFlightCents)}`);
  const sum = formatCents((await heldBy(stores)) + inFlightCents);
  console.log(what);
  console.log(`  ${rows.join("   ")}   together ${sum} of 200.00`);
}
// #endregion tell

/** Runs a program, of which no server is to know. */
export async function onStage(
  name: string,
  about: string,
  main: () => Promise<void>,
): Promise<void> {
  const usage = `\
usage: npx tsx snippets/two-banks/${name}.ts

${about}`;
  await program(usage, {}, async () => {
    if (process.env["RESONATE_URL"])
      throw new Error(
        "unset RESONATE_URL: this program keeps its runs in memory",
      );
    await main();
  });
}

import { once } from "node:events";
import { join } from "node:path";
import { Resonate } from "@resonatehq/sdk";
import { givenServer } from "../support/check-server.ts";
import { startDevServer } from "../support/dev-server.ts";
import { program } from "../support/program.ts";
import { kill, startProcess } from "../support/start-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { closeAccount, reopenAccount } from "../transfer/accounts.ts";
import { answerRequest } from "../transfer/bank/answer-request.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { FAR_MS } from "../transfer/two-banks/settle.ts";
import { alicePaysBob, short } from "./alice-pays-bob.ts";
import { forgetsRefusals } from "./flawed/forgets-refusals.ts";
import { openBanks } from "./open-banks.ts";
import { serveBank } from "./serve-bank.ts";
import { tell } from "./tell.ts";

const WORKER = new URL("processes/worker.ts", import.meta.url);
const USAGE = `\
usage: npx tsx snippets/two-banks/frozen.ts [--id ID]

Stops a worker for longer than its lease, before it asks for the credit,
and lets it go on when another has undone the transfer. It starts a
server of its own, unless RESONATE_URL names one. Takes ten seconds.`;

const options = { id: { type: "string", default: "frozen" } } as const;
await program(USAGE, { options }, async ({ values }) => {
  const given = await givenServer();
  const server = given ? undefined : await startDevServer();
  const at = given ?? server?.url ?? "";
  const banks = { forgets: forgetsRefusals, keeps: answerRequest };
  for (const [does, answers] of Object.entries(banks)) {
    const id = `${values["id"]}-${does}`;
    await freeze(at, id, `a bank that ${does} its refusals`, answers);
  }
  await server?.stop();
});

async function freeze(
  at: string,
  id: string,
  bank: string,
  answers: typeof answerRequest,
) {
  const folder = temporaryFolder("frozen");
  const stores = await openBanks((name) =>
    openLedger(join(folder, `${name}.db`)),
  );
  const east = await serveBank(stores.east, 0, answers);
  const west = await serveBank(stores.west, 0, answers);
  const client = new Resonate({ url: at, group: `${id}-client` });
  if (await client.promises.get(id).catch(() => undefined))
    throw new Error(`${id} is taken here: give another by --id`);
  const files = ["parked.db", "frozen"].map((name) =>
    join(folder, name),
  );
  const args = [at, id, east.url, west.url, ...files];

  // #region freeze
  console.log(bank);
  const startWorker = async () =>
    (await startProcess(WORKER, args)).child;
  const workers = [await startWorker(), await startWorker()];
  const stops = workers.map(async (worker) => {
    await once(worker, "message");
    return worker;
  });
  const options = client.options({ target: id, timeout: FAR_MS });
  // Each has joined the group when each has answered.
  const joined = new Set();
  for (let nth = 1; joined.size < 2; nth += 1)
    joined.add(await client.rpc(`${id}-who-${nth}`, "who", options));
  const order = alicePaysBob(id, short);
  const name = "transferBetweenBanks";
  const run = await client.beginRpc(id, name, order, options);
  const frozen = await Promise.race(stops);
  console.log("  a worker is frozen before it asks for the credit");

  await closeAccount(stores.west, "bob");
  const { status } = (await run.result()) as { status: string };
  await tell(`  another one: ${status}`, stores);

  await reopenAccount(stores.west, "bob");
  const asked = west.answered();
  frozen.kill("SIGCONT");
  await asked;
  await tell("  the frozen one goes on", stores);
  // #endregion freeze
  await Promise.all([...workers.map(kill), client.stop()]);
  await Promise.all([east.stop(), west.stop()]);
  for (const db of Object.values(stores)) db.close();
}

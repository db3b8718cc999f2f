import { Resonate } from "@resonatehq/sdk";
import { silence } from "../crash/silence.ts";
import { alicePaysBob } from "../support/bank.ts";
import { checkServer } from "../support/check-server.ts";
import { openBank } from "../support/open-bank.ts";
import { program, serverUrl } from "../support/program.ts";
import { entriesOf } from "../transfer/accounts.ts";
import { checkTransfer } from "../transfer/check-transfer.ts";
import { show } from "./stage/show.ts";

const USAGE = `usage: npx tsx snippets/failure-modes/ask.ts [id]

Asks the server for a transfer, unless it was asked for that id before,
and shows how far the transfer is. The ledger is by-hand.db. Without an
id it is by-hand, or by-hand-2 where a server that has forgotten it left
by-hand in the ledger, and so on.`;

const args = { allowPositionals: true };
await program(USAGE, args, async ({ positionals: [given] }) => {
  // #region ask
  const url = serverUrl() ?? "http://127.0.0.1:8001";
  const client = new Resonate({
    url,
    group: "clients",
    logger: silence,
  });
  await checkServer(client, url);
  const db = await openBank("by-hand.db");

  /** The ledger has it, and this server never heard of it. */
  async function isLeftOver(id: string) {
    if (!(await entriesOf(db, id)).length) return false;
    return !(await client.promises.get(id).catch(() => undefined));
  }
  let id = given ?? "by-hand";
  for (let n = 2; !given && (await isLeftOver(id)); n += 1)
    id = `by-hand-${n}`;

  const order = await checkTransfer(alicePaysBob(id), db);
  const toWorkers = client.options({ target: "transfers" });
  await client.beginRpc(id, "transferMoney", order, toWorkers);
  await show({ db, client }, id);
  await client.stop();
  db.close();
  // #endregion ask
});

import { Resonate } from "@resonatehq/sdk";
import { alicePaysBob } from "../bank.ts";
import { checkTransfer } from "../check-transfer.ts";
import { openBank } from "../open-bank.ts";
import { program } from "../program.ts";
import { show } from "./show.ts";

const USAGE = `usage: npx tsx snippets/failure-modes/ask.ts [id]

Asks the dev server for a transfer, unless it was asked for that id
before, and shows how far the transfer is. The ledger is by-hand.db.`;

const args = { allowPositionals: true };
await program(
  USAGE,
  args,
  async ({ positionals: [id = "by-hand"] }) => {
    // #region ask
    const db = await openBank("by-hand.db");
    const url = process.env["RESONATE_URL"] || "http://127.0.0.1:8001";
    const client = new Resonate({ url, group: "clients" });
    await fetch(url).catch(() => {
      throw new Error(`nothing answers at ${url}: start the server`);
    });
    const order = await checkTransfer(alicePaysBob(id), db);
    const toWorkers = client.options({ target: "transfers" });
    await client.beginRpc(id, "transferMoney", order, toWorkers);

    await show({ db, client }, id);
    await client.stop();
    db.close();
    // #endregion ask
  },
);

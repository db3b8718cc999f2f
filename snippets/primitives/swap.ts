import { Resonate } from "@resonatehq/sdk";
import { entriesOf } from "../accounts.ts";
import { alicePaysBob } from "../bank.ts";
import { checkTransfer } from "../check-transfer.ts";
import { startDevServer } from "../dev-server.ts";
import { openBank } from "../open-bank.ts";
import { program, serverUrl } from "../program.ts";
import { transferMoney } from "../transfer-money.ts";

const USAGE = `\
usage: npx tsx snippets/primitives/swap.ts [--id ID]

Two clients, one after the other, ask for one transfer, on a server of
its own, unless RESONATE_URL names one. The second has no ledger.`;

const options = { id: { type: "string", default: "swap" } } as const;
await program(USAGE, { options }, async ({ values }) => {
  const db = await openBank();
  const id = String(values["id"]);
  const order = await checkTransfer(alicePaysBob(id), db);

  // #region swap
  const given = serverUrl();
  const server = given ? undefined : await startDevServer();
  const url = given || String(server?.url);
  for (const client of ["first", "second"]) {
    const resonate = new Resonate({ url });
    if (client === "first") resonate.setDependency("db", db);
    const saga = resonate.register("transferMoney", transferMoney);
    const { status } = await saga.run(id, order);
    await resonate.stop();
    const made = (await entriesOf(db, id)).map(({ kind }) => kind);
    if (`${status} ${made}` !== "committed debit,credit")
      throw new Error(`${id} is taken here: give another by --id`);
    console.log(`${client}: ${status}, by ${made.join(" and ")}`);
  }
  // #endregion swap
  await server?.stop();
});

import { Resonate } from "@resonatehq/sdk";
import { alicePaysBob } from "../support/bank.ts";
import { givenServer } from "../support/check-server.ts";
import { startDevServer } from "../support/dev-server.ts";
import { openBank } from "../support/open-bank.ts";
import { program } from "../support/program.ts";
import { entriesOf } from "../transfer/accounts.ts";
import { checkTransfer } from "../transfer/check-transfer.ts";
import { transferMoney } from "../transfer/transfer-money.ts";

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
  const given = await givenServer();
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

import { Resonate } from "@resonatehq/sdk/async";
import { alicePaysBob } from "../support/bank.ts";
import { formatCents } from "../support/format-cents.ts";
import { openBank } from "../support/open-bank.ts";
import { printBalances, program } from "../support/program.ts";
import {
  audit,
  closeAccount,
  entriesOf,
} from "../transfer/accounts.ts";
import { checkTransfer } from "../transfer/check-transfer.ts";
import { transferMoney } from "./transfer-money.ts";

const USAGE = `\
usage: npx tsx snippets/async-engine/demo.ts

One transfer that commits and one that is compensated, by the async
engine. The ledger and the runs are in memory.`;

const examples = [
  { transfer: alicePaysBob("transfer-001"), isClosed: false },
  {
    transfer: { ...alicePaysBob("transfer-002"), amountCents: 25_00 },
    isClosed: true, // bob's account, which then refuses the credit
  },
];

await program(USAGE, {}, async () => {
  if (process.env["RESONATE_URL"])
    throw new Error(
      "unset RESONATE_URL: this demo keeps its runs in memory",
    );
  const db = await openBank();

  // #region run
  const resonate = new Resonate();
  resonate.setDependency("db", db);
  const transfers = resonate.register("transferMoney", transferMoney);

  for (const { transfer, isClosed } of examples) {
    if (isClosed) await closeAccount(db, "bob");
    const order = await checkTransfer(transfer, db);
    const run = await transfers.run(order.id, order);
    console.log(`${run.id} has begun`);
    const { status } = await run.result();
    for (const { kind, amountCents } of await entriesOf(db, order.id)) {
      const amount = formatCents(amountCents).padStart(6);
      console.log(`  ${kind.padEnd(8)} ${amount}`);
    }
    console.log(`  => ${status}\n`);
    const wanted = isClosed ? "compensated" : "committed";
    if (status !== wanted) throw new Error(`it should be ${wanted}`);
  }
  await resonate.stop();
  // #endregion run

  await printBalances(db, "closing balances");
  const { seededCents, heldCents } = await audit(db);
  if (heldCents !== seededCents) throw new Error("money is missing");
  db.close();
});

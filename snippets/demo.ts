import { Resonate } from "@resonatehq/sdk";
import { alicePaysBob } from "./support/bank.ts";
import { formatCents } from "./support/format-cents.ts";
import { openBank } from "./support/open-bank.ts";
import {
  ledgerFile,
  printBalances,
  program,
} from "./support/program.ts";
import { audit, closeAccount } from "./transfer/accounts.ts";
import { checkTransfer } from "./transfer/check-transfer.ts";
import { transferMoney } from "./transfer/transfer-money.ts";

const USAGE = `\
usage: npx tsx snippets/demo.ts [ledger-file]

One transfer that commits and one that is compensated. The ledger is in
memory unless you name a file; run it twice on one, and compare.`;

const examples = [
  { transfer: alicePaysBob("transfer-001"), isClosed: false },
  {
    transfer: { ...alicePaysBob("transfer-002"), amountCents: 25_00 },
    isClosed: true, // bob's account, which then refuses the credit
  },
];

const args = { allowPositionals: true };
await program(USAGE, args, async ({ positionals }) => {
  if (process.env["RESONATE_URL"])
    throw new Error(
      "unset RESONATE_URL: this demo keeps its runs in memory",
    );

  // #region run
  const db = await openBank(ledgerFile(positionals));
  const resonate = new Resonate();
  try {
    resonate.setDependency("db", db);
    const transfers = resonate.register("transferMoney", transferMoney);

    await printBalances(db, "opening balances");

    for (const { transfer, isClosed } of examples) {
      if (isClosed) await closeAccount(db, "bob");
      const order = await checkTransfer(transfer, db);
      const amount = formatCents(order.amountCents);
      const note = isClosed ? ", whose account is closed" : "";
      console.log(`\n${order.id}: alice pays bob ${amount}${note}`);
      const { status } = await transfers.run(order.id, order);
      await printSteps(resonate, order.id, status);
      const wanted = isClosed ? "compensated" : "committed";
      if (status !== wanted) throw new Error(`it should be ${wanted}`);
    }

    await printBalances(db, "\nclosing balances");
    const { seededCents, heldCents } = await audit(db);
    if (heldCents !== seededCents) throw new Error("money is missing");
  } finally {
    await resonate.stop();
    db.close();
  }
  // #endregion run
});

/** Prints what the engine recorded of each step. */
async function printSteps(
  resonate: Resonate,
  id: string,
  status: string,
) {
  const steps = ["debit", "credit"];
  if (status === "compensated") steps.push("reversal");
  for (const [n, step] of steps.entries()) {
    const checkpoint = await resonate.get<string>(`${id}:${n}`);
    const recorded = await checkpoint.result().catch(String);
    console.log(`  ${step.padEnd(8)} ${recorded}`);
  }
  console.log(`  => ${status}`);
}

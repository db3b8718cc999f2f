import { Resonate } from "@resonatehq/sdk";
import { silence } from "../crash/silence.ts";
import { watch } from "../crash/watch.ts";
import { alicePaysBob, openAccounts } from "../support/bank.ts";
import { formatCents } from "../support/format-cents.ts";
import { audit, entriesOf } from "../transfer/accounts.ts";
import { transferAskingAgain } from "../transfer/ask-again.ts";
import { checkTransfer } from "../transfer/check-transfer.ts";
import { openPostgresLedger } from "../transfer/open-postgres.ts";
import { transferMoney } from "../transfer/transfer-money.ts";
import { freshLedger } from "./fresh-ledger.ts";
import { onPostgres } from "./on-postgres.ts";
import { startWire } from "./wire.ts";

const about = `\
The wire to the ledger is cut when the credit is made, before its answer
comes.`;

await onPostgres("cut-wire", about, async (url) => {
  for (const saga of [transferMoney, transferAskingAgain]) {
    const fresh = await freshLedger(url);
    const wire = await startWire(fresh.url);
    // #region cut-wire
    const db = await openPostgresLedger(wire.url);
    await openAccounts(db);
    let isFirst = true;
    const watched = watch(db, (proceed, values) => {
      if (values.includes("credit") && isFirst) {
        isFirst = false;
        wire.cut();
      }
      return proceed();
    });

    const resonate = new Resonate({ logger: silence });
    resonate.setDependency("db", watched);
    const order = await checkTransfer(alicePaysBob("t1"), db);
    const transfers = resonate.register("transferMoney", saga);
    const { status } = await transfers.run(order.id, order);
    // #endregion cut-wire
    const entries = await entriesOf(db, order.id);
    const { heldCents, seededCents } = await audit(db);
    console.log(`${saga.name}: ${status}`);
    console.log(`  ${entries.map(({ kind }) => kind).join(", ")}`);
    const [held, seeded] = [heldCents, seededCents].map(formatCents);
    console.log(`  sum ${held} of ${seeded}`);
    await resonate.stop();
    await db.close();
    wire.close();
    await fresh.close();
  }
});

import { setTimeout } from "node:timers/promises";
import { Resonate } from "@resonatehq/sdk";
import { entriesOf } from "../accounts.ts";
import { alicePaysBob } from "../bank.ts";
import { checkTransfer } from "../check-transfer.ts";
import { openBank } from "../open-bank.ts";
import { transferMoney } from "../transfer-money.ts";
import { watch } from "../watch.ts";
import { silence } from "./silence.ts";

// #region outlast
const LEASE = 2_000; // milliseconds

/**
 * Makes a transfer whose debit is slow: it waits until its leaf is
 * called a second time, or for three leases. Gives how often the leaf
 * was called, and the entries that were made. Without a `url` the
 * server is in memory.
 */
export async function outlast(
  how: "run" | "rpc",
  id: string,
  url?: string,
) {
  const db = await openBank();
  let calls = 0;
  const again = Promise.withResolvers<void>();
  const slow = watch(db, async (proceed, values, sql) => {
    if (sql.startsWith("INSERT") && values.includes("debit")) {
      calls += 1;
      if (calls === 2) again.resolve();
      const patience = setTimeout(3 * LEASE, null, { ref: false });
      await Promise.race([again.promise, patience]);
    }
    return proceed();
  });

  const resonate = new Resonate({
    ...(url && { url }),
    group: id,
    ttl: LEASE,
    logger: silence,
  });
  resonate.setDependency("db", slow);
  resonate.register("transferMoney", transferMoney);
  const order = await checkTransfer(alicePaysBob(id), db);
  const here = resonate.options({ target: id });
  await resonate[how](id, "transferMoney", order, here);

  await resonate.stop();
  const entries = (await entriesOf(db, id)).map(({ kind }) => kind);
  db.close();
  return { calls, entries };
}
// #endregion outlast

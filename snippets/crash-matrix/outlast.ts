import { setTimeout } from "node:timers/promises";
import { Resonate } from "@resonatehq/sdk";
import { describe } from "../crash/describe.ts";
import { silence } from "../crash/silence.ts";
import { watch } from "../crash/watch.ts";
import { alicePaysBob } from "../support/bank.ts";
import { openBank } from "../support/open-bank.ts";
import { entriesOf } from "../transfer/accounts.ts";
import { checkTransfer } from "../transfer/check-transfer.ts";
import { transferMoney } from "../transfer/transfer-money.ts";

// #region outlast
const LEASE = 2_000; // milliseconds
const ENOUGH = 4; // calls, after which nobody waits for an end

/**
 * Makes a transfer whose debit takes two leases. Gives how often its
 * leaf was called, the entries that were made, and whether the run
 * ended before there were enough calls. Without a `url` the server is
 * in memory.
 */
export async function outlast(
  how: "run" | "rpc",
  id: string,
  url?: string,
) {
  const db = await openBank();
  let calls = 0;
  const enough = Promise.withResolvers<boolean>();
  const slow = watch(db, async (proceed, _, call) => {
    if (describe(call, ["debit"]) === "write-debit") {
      calls += 1;
      if (calls === ENOUGH) enough.resolve(false);
      await setTimeout(2 * LEASE, null, { ref: false });
    }
    return calls < ENOUGH ? proceed() : new Promise(() => {});
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
  const end = resonate[how](id, "transferMoney", order, here);
  const ends = await Promise.race([
    enough.promise,
    end.then(() => true),
  ]);

  const entries = (await entriesOf(db, id)).map(({ kind }) => kind);
  await resonate.stop();
  db.close();
  return { calls, entries, ends };
}
// #endregion outlast

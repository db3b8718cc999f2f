import { setTimeout } from "node:timers/promises";
import { Resonate } from "@resonatehq/sdk";
import { audit, entriesOf } from "../accounts.ts";
import { alicePaysBob, openBank } from "../bank.ts";
import type { TransferResult } from "../transfer-money.ts";
import { Host } from "./host.ts";

// #region one-transfer
/** Asks for a transfer, on a host of its own, which has no worker. */
export async function askForTransfer() {
  const db = await openBank();
  const host = new Host(db);
  const client = new Resonate({ network: host.network });
  const order = alicePaysBob("t1");
  const ask = () =>
    client.rpc<TransferResult>("t1", "transferMoney", order);
  const end = Promise.race([ask(), stuck()]);

  /** The status that it ended with. Throws if the answer, the entries,
   * the records or the sum are not as that status has it. */
  async function check() {
    const { status } = await end;
    const again = await ask();
    const entries = await entriesOf(db, "t1");
    const states = [...(await host.states()).values()];
    const { seededCents, heldCents } = await audit(db);
    const last = status === "committed" ? "credit" : "reversal";
    const kinds = entries.map(({ kind }) => kind).join(", ");
    if (kinds !== `debit, ${last}`)
      throw new Error(`it ${status}, and the ledger has ${kinds}`);
    if (again.status !== status)
      throw new Error(`it ${status}, and later was ${again.status}`);
    if (states.includes("pending"))
      throw new Error(`it ${status}, and a step is still pending`);
    if (seededCents !== heldCents)
      throw new Error(`${seededCents} cents are now ${heldCents}`);
    return status;
  }
  async function close() {
    await client.stop();
    db.close();
  }
  return { host, end, check, close };
}
// #endregion one-transfer

async function stuck(): Promise<never> {
  await setTimeout(20_000, undefined, { ref: false });
  throw new Error("it does not end");
}

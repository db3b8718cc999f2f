import { Resonate } from "@resonatehq/sdk";
import { alicePaysBob } from "../support/bank.ts";
import { audit, entriesOf } from "../transfer/accounts.ts";
import { checkTransfer } from "../transfer/check-transfer.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import type { TransferResult } from "../transfer/transfer-money.ts";
import { Host } from "./host.ts";

// #region one-transfer
/** A ledger with alice and bob in it, in Node or in a page. */
export type Bank = LedgerDb & { close(): unknown };
export type OpenBank = () => Promise<Bank>;

/** Asks for a transfer, on a host of its own, which has no worker. */
export async function askForTransfer(openBank: OpenBank) {
  const db = await openBank();
  const host = new Host(db);
  const client = new Resonate({ network: host.network });
  const order = await checkTransfer(alicePaysBob("t1"), db);
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

function stuck(): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  AbortSignal.timeout(20_000).addEventListener("abort", () =>
    reject(new Error("it does not end")),
  );
  return promise;
}

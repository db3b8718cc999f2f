import { audit, openAccount } from "../transfer/accounts.ts";
import { prepareBank } from "../transfer/bank/tables.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import { PARKED } from "../transfer/two-banks/parked-tables.ts";

// #region open-banks
/** Two banks' ledgers, and the list of what is parked. */
export interface Stores<Db = LedgerDb> {
  east: Db;
  west: Db;
  parked: Db;
}

/** Alice has 200.00 at the bank east, and bob nothing at west. */
export async function openBanks<Db extends LedgerDb>(
  open: (name: keyof Stores) => Db | Promise<Db>,
): Promise<Stores<Db>> {
  const east = await open("east");
  const west = await open("west");
  const parked = await open("parked");
  for (const bank of [east, west]) await prepareBank(bank);
  for (const sql of PARKED) await parked.prepare(sql).run();
  await openAccount(east, "alice", 200_00);
  await openAccount(west, "bob", 0);
  return { east, west, parked };
}

/** What was put in at both banks, and what they hold, in cents. */
export async function sumsOf({ east, west }: Stores) {
  const [here, there] = [await audit(east), await audit(west)];
  return {
    seededCents: here.seededCents + there.seededCents,
    heldCents: here.heldCents + there.heldCents,
  };
}
// #endregion open-banks

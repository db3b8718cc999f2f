import { ledgerIdOf } from "../transfer/accounts.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { openPostgresLedger } from "../transfer/open-postgres.ts";

// #region open-shared
/** The ledger that this names: in Postgres, or in a file. */
export async function openShared(place: string) {
  const isPostgres = /^postgres(ql)?:/.test(place);
  return isPostgres ? openPostgresLedger(place) : openLedger(place);
}

/** Throws when this is not the ledger that a worker was made for. */
export async function openTheOne(place: string, ledgerId: string) {
  const db = await openShared(place);
  const found = await ledgerIdOf(db);
  if (found === ledgerId) return db;
  await db.close();
  throw new Error(
    `this worker is for ledger ${ledgerId}, and LEDGER_URL has ` +
      `${found}: one of them is wrong`,
  );
}
// #endregion open-shared

import { randomUUID } from "node:crypto";
import { constants } from "node:os";
import pg from "pg";
import {
  openPostgresLedger,
  reasonOf,
} from "../transfer/open-postgres.ts";

// #region fresh-ledger
/**
 * A new and empty ledger in that Postgres, in a schema of its own, at
 * an address of its own. Closed, it is dropped, with all it holds.
 */
export async function freshLedger(url: string) {
  const schema = `ledger_${randomUUID().replaceAll("-", "_")}`;
  const owner = new pg.Client({ connectionString: url });
  await owner.connect().catch((cause) => {
    throw new Error(`cannot reach Postgres: ${reasonOf(cause)}`, {
      cause,
    });
  });
  await owner.query(`CREATE SCHEMA ${schema}`);
  const address = new URL(url);
  address.searchParams.set("options", `-c search_path=${schema}`);
  const db = await openPostgresLedger(address.href);
  return {
    ...db,
    url: address.href,
    async close() {
      await db.close();
      await owner.query(`DROP SCHEMA ${schema} CASCADE`);
      await owner.end();
    },
  };
}

/** Closes it, too, when the process is told to end. */
export function closeWhenTold(ledger: { close(): Promise<void> }) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () =>
      ledger
        .close()
        .finally(() => process.exit(128 + constants.signals[signal])),
    );
}
// #endregion fresh-ledger

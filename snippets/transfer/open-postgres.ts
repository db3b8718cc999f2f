import { setTimeout } from "node:timers/promises";
import pg from "pg";
import type { LedgerDb } from "./ledger.ts";
import { POSTGRES_SCHEMA } from "./postgres-schema.ts";

// #region open-postgres
/**
 * Opens the ledger in the Postgres at `url`, for many machines at once,
 * and makes its tables where there are none. Each statement is one
 * transaction, and they have one order (SERIALIZABLE), as in SQLite: no
 * statement writes by what another has changed meanwhile. Throws one
 * clear error when there is no Postgres, or it lets nobody write.
 */
export async function openPostgresLedger(
  url: string,
): Promise<LedgerDb & { close(): Promise<void> }> {
  const pool = new pg.Pool({
    connectionString: url,
    types,
    connectionTimeoutMillis: WAIT,
    query_timeout: WAIT,
    onConnect: (client) => client.query(ONE_ORDER),
  });
  // One that breaks while idle would end the process.
  pool.on("error", () => {});
  try {
    const found = await pool.query(
      "SELECT to_regclass('ledger') AS it",
    );
    if (!found.rows[0].it) await inOneOrder(pool, POSTGRES_SCHEMA, []);
  } catch (cause) {
    await pool.end();
    const { message } = cause as Error;
    throw new Error(`cannot open the ledger in Postgres: ${message}`, {
      cause,
    });
  }
  return { ...ledgerOver(pool), close: () => pool.end() };
}

const WAIT = 5_000; // milliseconds, as with SQLite
const ONE_ORDER = "SET default_transaction_isolation = serializable";

// Sums of cents, which `pg` gives as text since they may be too large:
// accounts.ts throws where they are.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.NUMERIC, Number);
// #endregion open-postgres

// #region adapter
/** A ledger, over what sends one statement to Postgres. */
export function ledgerOver(to: Pick<pg.Pool, "query">): LedgerDb {
  return {
    prepare(sql) {
      let place = 0;
      const text = sql.replaceAll("?", () => `$${++place}`);
      const all = async (...values: unknown[]) =>
        (await inOneOrder(to, text, values)).rows;
      return {
        all,
        get: async (...values) => (await all(...values))[0],
        run: async (...values) => {
          const { rowCount } = await inOneOrder(to, text, values);
          return { changes: rowCount ?? 0 };
        },
      };
    },
  };
}

/** Again, where another came first: then nothing was written. */
async function inOneOrder(
  to: Pick<pg.Pool, "query">,
  text: string,
  values: unknown[],
) {
  for (let tries = 1; ; tries++)
    try {
      return await to.query(text, values.length ? values : undefined);
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (!CONFLICTS.includes(`${code}`) || tries === TRIES)
        throw error;
      await setTimeout(Math.random() * 2 ** tries);
    }
}

const CONFLICTS = ["40001", "40P01"]; // serialization, deadlock
const TRIES = 8; // half a second, at the longest
// #endregion adapter

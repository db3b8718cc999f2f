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
 * clear error when there is no Postgres, or no entry may be added.
 */
export async function openPostgresLedger(
  url: string,
): Promise<LedgerDb & { close(): Promise<void> }> {
  const pool = new pg.Pool({
    connectionString: url,
    types,
    connectionTimeoutMillis: WAIT,
    query_timeout: WAIT,
    onConnect: (client) => client.query(SETTINGS),
  });
  // One that breaks while idle would end the process.
  pool.on("error", () => {});
  try {
    const found = await pool.query(
      "SELECT to_regclass('ledger') AS it",
    );
    if (!found.rows[0].it) await inOneOrder(pool, POSTGRES_SCHEMA, []);
    const { rows } = await pool.query(MAY_ADD);
    if (!rows[0].may) throw new Error("no entry may be added to it");
  } catch (cause) {
    await pool.end();
    const problem = "cannot open the ledger in Postgres";
    throw new Error(`${problem}: ${reasonOf(cause)}`, { cause });
  }
  const db = ledgerOver((text, values) =>
    inOneOrder(pool, text, values),
  );
  return { ...db, close: () => pool.end() };
}

const WAIT = 5_000; // milliseconds, as with SQLite
// Postgres gives up before we do: what nobody awaits is not made.
const SETTINGS = `SET default_transaction_isolation = serializable;
  SET statement_timeout = ${WAIT - 500}`;
const MAY_ADD = `SELECT has_table_privilege('entries', 'INSERT')
  AND current_setting('transaction_read_only') = 'off' AS may`;

// Sums of cents, which `pg` gives as text since they may be too large:
// accounts.ts throws where they are.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.NUMERIC, Number);

/** Why: an error that stands for several has no message of its own. */
export function reasonOf(error: unknown): string {
  const { message, errors } = error as AggregateError;
  return message || String(errors?.[0]?.message);
}
// #endregion open-postgres

// #region adapter
type Query = (
  text: string,
  values?: unknown[],
) => Promise<pg.QueryResult>;

/** A ledger, over what sends a statement. No text in it has a `?`. */
export function ledgerOver(query: Query): LedgerDb {
  return {
    prepare(sql) {
      let place = 0;
      const text = sql.replaceAll("?", () => `$${++place}`);
      const all = async (...values: unknown[]) =>
        (await query(text, values)).rows;
      return {
        all,
        get: async (...values) => (await all(...values))[0],
        run: async (...values) => {
          const { rowCount } = await query(text, values);
          return { changes: rowCount ?? 0 };
        },
      };
    },
  };
}

/** Again, where another came first: then nothing was written. */
async function inOneOrder(
  pool: pg.Pool,
  text: string,
  values: unknown[] = [],
) {
  for (let tries = 1; ; tries++)
    try {
      return await pool.query(text, values.length ? values : undefined);
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (!CONFLICTS.includes(`${code}`) || tries === TRIES)
        throw error;
      await setTimeout(Math.random() * 2 ** tries);
    }
}

const CONFLICTS = ["40001", "40P01"]; // serialization, deadlock
const TRIES = 8;
// #endregion adapter

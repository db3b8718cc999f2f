import { readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import { inject, onTestFinished } from "vitest";
import { loadDatabase } from "#snippets/crash-lab/load-database.ts";
import { freshLedger } from "#snippets/many-machines/fresh-ledger.ts";
import type { LedgerDb } from "#snippets/transfer/ledger.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { ledgerOver } from "#snippets/transfer/open-postgres.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A ledger, and a transaction on it that stays open, if there are several. */
export interface Ledger {
  db: LedgerDb;
  begin?(): Promise<Transaction>;
}
export interface Transaction {
  db: LedgerDb;
  commit(): Promise<unknown>;
}

/** The Postgres that the proofs were given, if any. */
export const ledgerUrl = inject("ledgerUrl");

/** How each ledger that there is here is made, by its name. */
export const ledgers: Record<string, () => Promise<Ledger>> = {
  async SQLite() {
    const file = join(temporaryFolder(), "ledger.db");
    const connect = (db: Database.Database) => {
      onTestFinished(() => void db.close());
      db.pragma("busy_timeout = 0"); // who must wait is refused at once
      return db;
    };
    const begin = async () => {
      const db = connect(new Database(file));
      db.exec("BEGIN");
      return { db, commit: async () => db.exec("COMMIT") };
    };
    return { db: connect(openLedger(file)), begin };
  },

  async "SQLite in a page"() {
    const wasm = readFileSync("node_modules/sql.js/dist/sql-wasm.wasm");
    return { db: await (await loadDatabase(wasm.buffer))() };
  },

  ...(ledgerUrl && { Postgres: () => openPostgres(ledgerUrl) }),
};

async function openPostgres(url: string): Promise<Ledger> {
  const db = await freshLedger(url);
  const clients: pg.Client[] = [];
  onTestFinished(async () => {
    for (const client of clients) await client.end();
    await db.close();
  });
  const begin = async () => {
    const client = new pg.Client({ connectionString: db.url });
    clients.push(client);
    await client.connect();
    await client.query("BEGIN ISOLATION LEVEL SERIALIZABLE");
    const open = ledgerOver((text, values) => client.query(text, values));
    return { db: open, commit: () => client.query("COMMIT") };
  };
  return { db, begin };
}

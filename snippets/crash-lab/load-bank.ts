import initSqlJs, { type SqlValue } from "sql.js";
import type { OpenBank } from "../crash-matrix/one-transfer.ts";
import { openAccounts } from "../support/bank.ts";
import { SCHEMA } from "../transfer/schema.ts";

// #region load-bank
/**
 * Gives what opens the ledger of most examples in the memory of a page,
 * by SQLite as WebAssembly.
 */
export async function loadBank(wasm: ArrayBuffer): Promise<OpenBank> {
  const sqlite = await initSqlJs({ wasmBinary: wasm });
  return async function openBank() {
    const file = new sqlite.Database();
    file.run(SCHEMA);
    file.run("PRAGMA foreign_keys = ON");

    function prepare(sql: string) {
      function all(...values: unknown[]) {
        const statement = file.prepare(sql, values as SqlValue[]);
        const rows = [];
        try {
          while (statement.step()) rows.push(statement.getAsObject());
        } finally {
          statement.free();
        }
        return rows;
      }
      const get = (...values: unknown[]) => all(...values)[0];
      function run(...values: unknown[]) {
        all(...values);
        return { changes: file.getRowsModified() };
      }
      return { all, get, run };
    }
    const db = { prepare, close: () => file.close() };
    await openAccounts(db);
    return db;
  };
}
// #endregion load-bank

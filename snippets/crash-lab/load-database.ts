import initSqlJs, { type SqlValue } from "sql.js";
import type { OpenDatabase } from "../crash/scenario.ts";
import { SCHEMA } from "../transfer/schema.ts";

// #region load-database
/**
 * Gives what opens a ledger in the memory of a page, by SQLite as
 * WebAssembly. Each is a copy of an empty one: to make a schema takes
 * longer than a transfer.
 */
export async function loadDatabase(
  wasm: ArrayBuffer,
): Promise<OpenDatabase> {
  const sqlite = await initSqlJs({ wasmBinary: wasm });
  const empty = new sqlite.Database();
  empty.run(SCHEMA);
  const bytes = empty.export();
  empty.close();
  return function openDatabase() {
    const file = new sqlite.Database(bytes);
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
    return { prepare, close: () => file.close() };
  };
}
// #endregion load-database

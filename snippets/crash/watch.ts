import type { LedgerDb } from "../transfer/ledger.ts";

// #region watch
/**
 * The ledger, with `around` in the way of each statement. Whoever wants
 * to see a leaf, or to crash in one, stands here, and not in the leaf.
 */
export function watch(
  db: LedgerDb,
  around: (
    proceed: () => unknown,
    values: unknown[],
    sql: string,
  ) => unknown,
): LedgerDb {
  return {
    prepare(sql) {
      const statement = db.prepare(sql);
      const watched =
        <T>(method: (...values: unknown[]) => T | Promise<T>) =>
        async (...values: unknown[]) => {
          const proceed = () => method.apply(statement, values);
          return (await around(proceed, values, sql)) as T;
        };
      return {
        run: watched(statement.run),
        get: watched(statement.get),
        all: watched(statement.all),
      };
    },
  };
}
// #endregion watch

import type { LedgerDb } from "../transfer/ledger.ts";
import type { Call } from "./wire.ts";

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
    call: Call,
  ) => unknown,
): LedgerDb {
  return {
    prepare(sql) {
      const statement = db.prepare(sql);
      const watched =
        (method: "run" | "get" | "all") =>
        async (...values: unknown[]) => {
          const proceed = () => statement[method](...values);
          const call = { to: "ledger", method, args: [sql, ...values] };
          return around(proceed, values, call);
        };
      return {
        run: watched("run"),
        get: watched("get"),
        all: watched("all"),
      } as ReturnType<LedgerDb["prepare"]>;
    },
  };
}
// #endregion watch

import type { LedgerDb } from "../transfer/ledger.ts";
import type { CallService } from "./wire.ts";

type Method = "run" | "get" | "all";

// #region database
/** A database that is elsewhere: each statement is a call to `to`. */
export function databaseOver(call: CallService, to: string) {
  return {
    prepare(sql: string) {
      const method =
        (method: Method) =>
        (...values: unknown[]) =>
          call({ to, method, args: [sql, ...values] });
      return {
        run: method("run"),
        get: method("get"),
        all: method("all"),
      };
    },
  } as LedgerDb;
}

/** What answers such calls, from this database. */
export function serviceOf(db: LedgerDb) {
  return (method: string, [sql, ...values]: unknown[]) =>
    db.prepare(sql as string)[method as Method](...values);
}
// #endregion database

import { openLedger } from "../open-ledger.ts";
import { naiveTransfer } from "./naive-transfer.ts";

// #region worker
const db = openLedger(process.argv[2]);

/** The ledger, but to write a credit to it kills the process. */
const dying = {
  prepare(sql: string) {
    const statement = db.prepare(sql);
    return {
      run(...values: unknown[]) {
        if (values.includes("credit"))
          process.kill(process.pid, "SIGKILL");
        return statement.run(...values);
      },
      get: (...values: unknown[]) => statement.get(...values),
      all: (...values: unknown[]) => statement.all(...values),
    };
  },
};

await naiveTransfer(dying, {
  id: "transfer-001",
  source: "alice",
  target: "bob",
  amountCents: 50_00,
});
// #endregion worker

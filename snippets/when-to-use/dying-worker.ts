import { writeSync } from "node:fs";
import { alicePaysBob } from "../support/bank.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { transferInOne } from "./transfer-in-one.ts";

const ledger = openLedger(process.argv[2]);

// #region die
/** To write a credit kills the process: the database calls `die`. */
ledger.function("die", (heldCents) => {
  writeSync(1, String(heldCents)); // what the transaction sees
  process.kill(process.pid, "SIGKILL");
  return null;
});
ledger.exec(`
  CREATE TEMP TRIGGER dying BEFORE INSERT ON main.entries
    WHEN NEW.kind = 'credit'
    BEGIN SELECT die(SUM(amount_cents)) FROM main.entries; END`);
// #endregion die

transferInOne(ledger, alicePaysBob("transfer-001"));

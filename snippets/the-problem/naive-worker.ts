import { watch } from "../crash/watch.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { naiveTransfer } from "./naive-transfer.ts";

// #region worker
const ledger = openLedger(process.argv[2]);

/** To write a credit to this ledger kills the process. */
const dying = watch(ledger, (proceed, values) => {
  if (values.includes("credit")) process.kill(process.pid, "SIGKILL");
  return proceed();
});

await naiveTransfer(dying, {
  id: "transfer-001",
  source: "alice",
  target: "bob",
  amountCents: 50_00,
});
// #endregion worker

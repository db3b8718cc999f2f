import { onStage } from "../support/on-stage.ts";
import { audit, openAccount } from "../transfer/accounts.ts";
import { openLedger } from "../transfer/open-ledger.ts";

const about = "Puts in one cent more than a number can count.";
await onStage("one-ledger/largest", about, async () => {
  // #region largest
  const most = Number.MAX_SAFE_INTEGER;
  console.log(`as a number: ${most} + 2 = ${most + 2}`);

  const db = openLedger();
  await openAccount(db, "carol", most);
  await openAccount(db, "dave", 2).catch(({ message }) =>
    console.log(`dave's account: ${message}`),
  );
  const { heldCents } = await audit(db);
  console.log(`all accounts hold: ${heldCents}`);
  // #endregion largest
  db.close();
  if (heldCents !== most) throw new Error("dave was given money");
});

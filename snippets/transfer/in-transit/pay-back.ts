import type { Context } from "@resonatehq/sdk";
import { ledgerOf, TransferRejected } from "../ledger.ts";
import type { Legs } from "./legs.ts";
import { post } from "./post.ts";
import { whichOf } from "./which-of.ts";

// #region pay-back
/**
 * Leaf. Moves the amount out of transit, back to the source, and with
 * the same statement keeps a no under the credit's operation id. If the
 * credit was made, makes neither, and says so. Throws
 * `TransferRejected` when no debit was made, `OperationConflict` when
 * an id stands for something else, and another error on another ledger
 * than the order's.
 */
export async function payBack(
  ctx: Context,
  { debit, noDebit, credit, reversal, noCredit }: Legs,
): Promise<"undone" | "credited"> {
  const db = ledgerOf(ctx);
  const [{ opId, transferId, account, amountCents }] = debit;
  const ends = { undone: [...reversal, noCredit], credited: credit };
  const wasMade = `EXISTS (SELECT 1 FROM entries WHERE op_id = ?
    AND kind = 'debit' AND account = ? AND amount_cents = ?)`;
  await post(db, ends.undone, wasMade, opId, account, amountCents);
  const end = await whichOf(db, ends);
  if (end) return end;
  // Throws where the debit was another one.
  await whichOf(db, { made: debit, refused: [noDebit] });
  throw new TransferRejected(`${transferId} has debited nothing`);
}
// #endregion pay-back

import type { Context } from "@resonatehq/sdk";
import { ledgerOf, TransferRejected } from "../ledger.ts";
import type { Legs } from "./legs.ts";
import { post } from "./post.ts";
import { whichOf } from "./which-of.ts";

// #region pay-out
/**
 * Leaf. Moves the amount out of transit to the target, if it is there
 * by the debit. Throws `TransferRejected` when the target is closed or
 * not there, or nothing was debited, or that was undone, unless the
 * credit was made before. Throws `OperationConflict` when an id stands
 * for something else, and another error on another ledger than the
 * order's.
 */
export async function payOut(
  ctx: Context,
  { debit, noDebit, credit, noCredit }: Legs,
): Promise<"made"> {
  const db = ledgerOf(ctx);
  const [{ opId, transferId, account }] = credit;
  const [, there] = debit;
  const isOpen = `EXISTS (SELECT 1 FROM entries WHERE op_id = ?
      AND kind = 'debit' AND amount_cents = ?)
    AND NOT EXISTS (SELECT 1 FROM closed WHERE account = ?)`;
  const given = [there.opId, there.amountCents, account];
  await post(db, credit, isOpen, ...given);
  const end = await whichOf(db, { made: credit, refused: [noCredit] });
  if (end === "made") return end;
  const paid = await whichOf(db, { made: debit, refused: [noDebit] });
  throw new TransferRejected(
    paid !== "made"
      ? `${transferId} has debited nothing`
      : end
        ? `${opId} was refused before`
        : `account ${account} is closed, or not there`,
  );
}
// #endregion pay-out

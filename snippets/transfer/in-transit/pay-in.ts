import type { Context } from "@resonatehq/sdk";
import { ledgerOf, TransferRejected } from "../ledger.ts";
import type { Legs } from "./legs.ts";
import { post } from "./post.ts";
import { whichOf } from "./which-of.ts";

// #region pay-in
/**
 * Leaf. Moves the amount from the source into transit if the source
 * holds that much, and says whether it did. A no is kept under the
 * operation id, as a yes is. Throws `TransferRejected` when an account
 * is not there, `OperationConflict` when the id stands for another
 * debit, and another error on another ledger than the order's.
 */
export async function payIn(
  ctx: Context,
  { debit, noDebit }: Legs,
): Promise<"made" | "refused"> {
  const db = ledgerOf(ctx);
  const [{ account, amountCents }, { account: transit }] = debit;
  await post(
    db,
    [...debit, noDebit],
    `(kind = 'refusal') = (
       SELECT COALESCE(SUM(amount_cents), 0) + ? < 0
       FROM entries WHERE account = ?)`,
    ...[amountCents, account],
  );
  const end = await whichOf(db, { made: debit, refused: [noDebit] });
  if (end) return end;
  throw new TransferRejected(
    `there is no account ${account}, or no ${transit}`,
  );
}
// #endregion pay-in

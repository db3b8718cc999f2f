import type { Context } from "@resonatehq/sdk";
import { ledgerOf, TransferRejected } from "../ledger.ts";
import type { Legs } from "./legs.ts";
import { post } from "./post.ts";
import { whichOf } from "./which-of.ts";

// #region pay-out
/**
 * Leaf. Moves the amount out of transit to the target. Throws
 * `TransferRejected` when the target is closed or not there, or the
 * debit was undone, unless the credit was made before. Throws
 * `OperationConflict` when the id stands for another credit, and
 * another error on another ledger than the order's.
 */
export async function payOut(
  ctx: Context,
  { credit, noCredit }: Legs,
): Promise<"made"> {
  const db = ledgerOf(ctx);
  const [{ opId, account }] = credit;
  const isOpen = "NOT EXISTS (SELECT 1 FROM closed WHERE account = ?)";
  await post(db, credit, isOpen, account);
  const ends = { made: credit, refused: [noCredit] };
  const end = await whichOf(db, ends);
  if (end === "made") return end;
  throw new TransferRejected(
    end
      ? `${opId} was refused before`
      : `account ${account} is closed, or not there`,
  );
}
// #endregion pay-out

import type { Context } from "@resonatehq/sdk";
import type { Legs } from "../../transfer/in-transit/legs.ts";
import { post } from "../../transfer/in-transit/post.ts";
import {
  ledgerOf,
  look,
  TransferRejected,
} from "../../transfer/ledger.ts";

// #region pay-in
/** Flawed: do not copy. What it finds may be of another order. */
export async function payInAny(
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
  const { made } = await look(db, debit[0]);
  if (made) return made === "refusal" ? "refused" : "made";
  throw new TransferRejected(
    `there is no account ${account}, or no ${transit}`,
  );
}
// #endregion pay-in

// #region pay-out
/** Flawed: do not copy. It does not look whether it is there. */
export async function payOutAny(
  ctx: Context,
  { credit }: Legs,
): Promise<"made"> {
  const db = ledgerOf(ctx);
  await post(db, credit, "TRUE");
  const { made } = await look(db, credit[0]);
  if (made === "credit") return "made";
  throw new TransferRejected("it was refused before");
}
// #endregion pay-out

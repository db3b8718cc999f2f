import type { Context } from "@resonatehq/sdk";
import {
  applyEntry,
  type EntryFor,
  ledgerOf,
} from "../../transfer/ledger.ts";

// #region debit-source
/** Flawed: do not copy. It looks, and then it writes. */
export async function debitAfterLook(
  ctx: Context,
  debit: EntryFor,
): Promise<"made" | "refused"> {
  const db = ledgerOf(ctx);
  const sql = `SELECT SUM(amount_cents) AS held FROM entries
    WHERE account = ?`;
  const found = await db.prepare(sql).get(debit.account);
  const { held } = found as { held: number };
  if (held + debit.amountCents < 0) return "refused";
  await applyEntry(ctx, debit);
  return "made";
}
// #endregion debit-source

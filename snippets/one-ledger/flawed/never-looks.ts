import type { Context } from "@resonatehq/sdk";
import { applyEntry, type EntryFor } from "../../transfer/ledger.ts";

// #region debit-source
/** Flawed: do not copy. It does not ask what the source holds. */
export async function debitUnasked(
  ctx: Context,
  debit: EntryFor,
): Promise<"made" | "refused"> {
  await applyEntry(ctx, debit);
  return "made";
}
// #endregion debit-source

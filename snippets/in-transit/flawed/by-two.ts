import type { Context } from "@resonatehq/sdk";
import type { Legs } from "../../transfer/in-transit/legs.ts";
import { applyEntry } from "../../transfer/ledger.ts";
import { debitSource } from "../../transfer/one-ledger/debit-source.ts";

// #region pay-in
/** Flawed: do not copy. It makes the two rows by two statements. */
export async function payInByTwo(
  ctx: Context,
  { debit: [entry, transit] }: Legs,
): Promise<"made" | "refused"> {
  const end = await debitSource(ctx, entry);
  if (end === "made") await applyEntry(ctx, transit);
  return end;
}
// #endregion pay-in

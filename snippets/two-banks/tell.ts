import { formatCents } from "../support/format-cents.ts";
import { balances } from "../transfer/accounts.ts";
import { LOSSES } from "../transfer/bank/tables.ts";
import { type Stores, sumsOf } from "./open-banks.ts";

// #region tell
/** Prints what has become of a transfer, and who has the money. */
export async function tell(
  what: string,
  stores: Stores,
  inFlightCents = 0,
) {
  const { east, west } = stores;
  const all = [...(await balances(east)), ...(await balances(west))];
  const rows = all
    .filter(({ account, cents }) => account !== LOSSES || cents > 0)
    .map(({ account, cents }) => `${account} ${formatCents(cents)}`);
  if (inFlightCents)
    rows.push(`in flight ${formatCents(inFlightCents)}`);
  const { heldCents } = await sumsOf(stores);
  const sum = formatCents(heldCents + inFlightCents);
  console.log(what);
  console.log(`  ${rows.join("  ")}  sum ${sum} of 200.00`);
}
// #endregion tell

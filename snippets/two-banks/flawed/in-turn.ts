import type { BankOrder } from "../../transfer/two-banks/bank-order.ts";
import type { BankResult } from "../../transfer/two-banks/saga.ts";

// #region in-turn
/** Flawed: do not copy. One that is parked holds up all behind it. */
export async function payInTurn(
  orders: BankOrder[],
  run: (order: BankOrder) => Promise<BankResult>,
): Promise<void> {
  for (const order of orders) await run(order);
}
// #endregion in-turn

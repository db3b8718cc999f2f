import { Codec, type Resonate } from "@resonatehq/sdk";
import { InvalidTransfer } from "../check-transfer.ts";
import type { LedgerDb } from "../ledger.ts";
import { type BankOrder, checkBankOrder } from "./bank-order.ts";
import { FAR_MS } from "./settle.ts";
import { type Status, statusOf } from "./status-of.ts";

// #region order-transfer
/**
 * Orders a transfer, waits for its end no longer than `waitMs`, and
 * says how it stands then. To order the same again, under the same id,
 * is safe, and the only way to ask again after an error. Throws
 * `InvalidTransfer` on bad input, and when the id was ordered before
 * with another body. `target` is the group of the workers.
 */
export async function orderTransfer(
  resonate: Resonate,
  parked: LedgerDb,
  order: BankOrder,
  waitMs: number,
  target = "default",
): Promise<Status> {
  checkBankOrder(order);
  const options = resonate.options({ target, timeout: FAR_MS });
  const name = "transferBetweenBanks";
  const run = await resonate.beginRpc(order.id, name, order, options);
  const { param } = await resonate.promises.get(order.id);
  const [first] = new Codec().decode(param).args as [BankOrder];
  if (bodyOf(first) !== bodyOf(order))
    throw new InvalidTransfer(
      `${order.id} was ordered before: ${bodyOf(first)}`,
    );
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, waitMs);
  const end = run.result().catch(() => {}); // the status tells
  await Promise.race([end, late.promise]);
  clearTimeout(timer);
  return statusOf(resonate, parked, order.id);
}

function bodyOf(order: BankOrder): string {
  const { amountCents, source, sourceBank, target, targetBank } = order;
  const from = `${source} at ${sourceBank}`;
  const to = `${target} at ${targetBank}`;
  return `${amountCents} cents from ${from} to ${to}`;
}
// #endregion order-transfer

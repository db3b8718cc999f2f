import type { Context } from "@resonatehq/sdk";
import { InvalidTransfer } from "../check-transfer.ts";
import {
  type Asked,
  type BankOrder,
  checkBankOrder,
  operationsFor,
} from "./bank-order.ts";
import type { Decided } from "./classify.ts";
import { park } from "./park.ts";
import { FAR_MS, settle } from "./settle.ts";

/** How a transfer between banks ends. Each end says what it moved. */
export type BankResult = { transferId: string } & (
  | { status: "committed" }
  | { status: "compensated" | "refused"; reason: string }
  | { status: "written off"; by: string; reason: string }
);

const HOUR_MS = 3_600_000; // clocks differ

// #region saga
/**
 * The saga, where source and target are at two banks. It undoes only
 * after a no that the target has kept, and asks again for as long as
 * the answer is not known. What it cannot settle waits for a person.
 * Needs a run of `FAR_MS`: `options({ timeout: FAR_MS })`. Throws
 * `InvalidTransfer` before it moves anything, and nothing later.
 */
export function* transferBetweenBanks(
  ctx: Context,
  order: BankOrder,
): Generator<unknown, BankResult> {
  checkRun(ctx, order);
  const { id: transferId, patience } = order;
  const { debit, credit, reversal, writeOff } = operationsFor(order);

  // Step 1: debit the source. Its no ends the transfer.
  const paid = yield* settle(ctx, debit, order.orderedMs, patience);
  if (paid.is === "refused")
    return { transferId, status: "refused", reason: paid.reason };

  // Step 2: credit the target. If somebody gave up on a debit that was
  // made, the key of the credit is closed instead.
  const { closedBy } = paid;
  const since = order.orderedMs;
  const got = yield* settle(ctx, credit, since, patience, closedBy);
  if (got.is === "made") return { transferId, status: "committed" };

  // After a kept no, a person says what to try next.
  const parkNo = (asked: Asked, { reason }: Decided) =>
    park(ctx, { ...asked, reason, choices: ["retry", "write off"] });

  // Step 3: reverse the debit. After a kept no it needs a new key.
  let atMs = since;
  for (let nth = 1, lost = 1; ; nth += 1) {
    const back = yield* settle(ctx, reversal(nth), atMs, patience);
    if (back.is === "made")
      return { transferId, status: "compensated", reason: got.reason };
    let decision =
      back.closedBy ?? (yield* parkNo(reversal(nth), back));

    // Step 4: somebody takes the loss, by name.
    for (; decision.choice === "write off"; lost += 1) {
      const { by, reason } = decision;
      const loss = writeOff(lost, `${by}: ${reason}`);
      const off = yield* settle(ctx, loss, decision.atMs, patience);
      if (off.is === "made")
        return { transferId, status: "written off", by, reason };
      decision = yield* parkNo(loss, off);
    }
    ({ atMs } = decision);
  }
}
// #endregion saga

function checkRun(ctx: Context, order: BankOrder): void {
  checkBankOrder(order);
  if (ctx.id !== order.id)
    throw new InvalidTransfer("the run must have the transfer's id");
  // The run began FAR_MS before its end, and was ordered before that.
  if (order.orderedMs > ctx.info.timeout - FAR_MS + HOUR_MS)
    throw new InvalidTransfer(
      "give the run a timeout of FAR_MS, ordered at orderedMs",
    );
}

import * as v from "valibot";
import { Operation } from "../bank/operation.ts";
import { LOSSES } from "../bank/tables.ts";
import {
  checkForm,
  InvalidTransfer,
  type Transfer,
} from "../check-transfer.ts";

// #region bank-order
/** A transfer from an account at one bank to an account at another. */
export interface BankOrder extends Transfer {
  sourceBank: string;
  targetBank: string;
  /** When it was ordered. Belongs to the id: keep both together. */
  orderedMs: number;
  /** Who wants it and why: the bank keeps it with the debit. */
  note?: string;
  /** On record with the order: a replay has to find the same tries. */
  patience: Patience;
}

const whole = (most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(most));

/** How often a bank is asked before a person is, and the pauses. */
export const Patience = v.object({
  tries: whole(1_000),
  firstPauseMs: whole(3_600_000),
  longestPauseMs: whole(24 * 3_600_000),
});
export type Patience = v.InferOutput<typeof Patience>;

/** An operation, and the bank that is asked for it. */
export interface Asked {
  at: string;
  operation: Operation;
}

/**
 * What a transfer may ask of the banks. The same transfer and kind give
 * the same key, always; each try after a kept no has another.
 */
export function operationsFor(order: BankOrder) {
  const { id, source, target, sourceBank, targetBank } = order;
  const operation = (
    at: string,
    account: string,
    kind: Operation["kind"],
    nth = 1,
    note?: string,
  ): Asked => {
    const { amountCents } = order;
    const key = `${id}-${kind}${nth === 1 ? "" : `-${nth}`}`;
    return {
      at,
      operation: {
        ...{ key, transferId: id, account, amountCents, kind },
        ...(note && { note }),
      },
    };
  };
  return {
    debit: operation(sourceBank, source, "debit", 1, order.note),
    credit: operation(targetBank, target, "credit"),
    reversal: (nth: number) =>
      operation(sourceBank, source, "reversal", nth),
    writeOff: (nth: number, note: string) =>
      operation(sourceBank, LOSSES, "write-off", nth, note),
  };
}
// #endregion bank-order

const Y2K_MS = 946_684_800_000; // what is less is in seconds

// #region check-bank-order
/**
 * For the caller, before `run` or `rpc`, and for the saga. Throws
 * `InvalidTransfer` on bad input. It asks no bank.
 */
export function checkBankOrder(order: BankOrder): void {
  const source = `${order.sourceBank}/${order.source}`;
  const target = `${order.targetBank}/${order.target}`;
  checkForm({ ...order, source, target });
  for (const name of ["sourceBank", "targetBank"] as const)
    if (typeof order[name] !== "string" || order[name] === "")
      throw new InvalidTransfer(
        `${name} must be a text, and not empty`,
      );
  if (order.source === LOSSES && !order.note)
    throw new InvalidTransfer("losses pay only with a note by whom");
  if (
    !Number.isSafeInteger(order.orderedMs) ||
    order.orderedMs < Y2K_MS
  )
    throw new InvalidTransfer("orderedMs must be in milliseconds");
  const { debit, credit, writeOff } = operationsFor(order);
  for (const each of [debit, credit, writeOff(999, "by: reason")])
    check(Operation, each.operation);
  check(Patience, order.patience);
}

function check(schema: v.GenericSchema, value: unknown): void {
  const { issues } = v.safeParse(schema, value);
  if (issues) throw new InvalidTransfer(issues[0].message);
}
// #endregion check-bank-order

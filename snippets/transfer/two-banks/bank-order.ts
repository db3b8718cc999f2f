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
  /** When it was ordered, before any bank was asked. */
  orderedMs: number;
  /** On record with the order: a replay has to find the same tries. */
  patience: Patience;
}

/** How often a bank is asked before a person is, and the pauses. */
export interface Patience {
  tries: number;
  firstPauseMs: number;
  longestPauseMs: number;
}

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
  ): Asked => {
    const { amountCents } = order;
    const key = `${id}-${kind}${nth === 1 ? "" : `-${nth}`}`;
    return {
      at,
      operation: { key, transferId: id, account, amountCents, kind },
    };
  };
  return {
    debit: operation(sourceBank, source, "debit"),
    credit: operation(targetBank, target, "credit"),
    reversal: (nth: number) =>
      operation(sourceBank, source, "reversal", nth),
    writeOff: (nth: number) =>
      operation(sourceBank, LOSSES, "write-off", nth),
  };
}
// #endregion bank-order

// #region check-bank-order
/**
 * For the caller, before `run` or `rpc`, and for the saga. Throws
 * `InvalidTransfer` on bad input. It asks no bank.
 */
export function checkBankOrder(order: BankOrder): void {
  const source = `${order.sourceBank}/${order.source}`;
  const target = `${order.targetBank}/${order.target}`;
  checkForm({ ...order, source, target });
  if (!Number.isSafeInteger(order.orderedMs))
    throw new InvalidTransfer("orderedMs must be in milliseconds");
  for (const value of Object.values(order.patience))
    if (!(value > 0)) throw new InvalidTransfer("it needs patience");
  const { debit, credit, reversal } = operationsFor(order);
  for (const { operation } of [debit, credit, reversal(99)]) {
    const { issues } = v.safeParse(Operation, operation);
    if (issues) throw new InvalidTransfer(issues[0].message);
  }
}
// #endregion check-bank-order

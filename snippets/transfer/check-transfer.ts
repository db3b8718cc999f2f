import { hasAccount, ledgerIdOf } from "./accounts.ts";
import type { LedgerDb } from "./ledger.ts";

// #region transfer
/** A transfer. Its id is also the id of the run that makes it. */
export interface Transfer {
  id: string;
  source: string;
  target: string;
  /** In cents: 12.34 is 1234. */
  amountCents: number;
}

/** A transfer, and the id of the ledger it was checked with. */
export interface Order extends Transfer {
  ledgerId: string;
}
// #endregion transfer

/** What is wrong with a transfer, said before anything is recorded. */
export class InvalidTransfer extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvalidTransfer";
  }
}

// #region check
/**
 * For the caller, before `run` or `rpc` records anything: gives the
 * order to pass on. Throws `InvalidTransfer` on bad input and when
 * there is no such source.
 */
export async function checkTransfer(
  transfer: Transfer,
  db: LedgerDb,
): Promise<Order> {
  checkForm(transfer);
  if (!(await hasAccount(db, transfer.source)))
    throw new InvalidTransfer(`there is no account ${transfer.source}`);
  return { ...transfer, ledgerId: await ledgerIdOf(db) };
}

/** What can be said of a transfer without a ledger. Throws as above. */
export function checkForm(transfer: Transfer): void {
  const { id, source, target, amountCents } = transfer;
  for (const [name, text] of Object.entries({ id, source, target }))
    checkText(name, text);
  if (id.includes(":"))
    throw new InvalidTransfer("id must have no ':', Resonate needs it");
  if (source === target)
    throw new InvalidTransfer("source and target are the same account");
  if (!Number.isSafeInteger(amountCents) || amountCents <= 0)
    throw new InvalidTransfer("amountCents must be a positive integer");
}

/**
 * For the saga, before any entry and again on each replay. It must
 * never get stricter while runs are in flight: a run that had debited
 * would fail in its replay, and the debit would stand.
 */
export function checkOrder(order: Order): void {
  checkForm(order);
  checkText("ledgerId", order.ledgerId);
}
// #endregion check

const NUMBERS = ["__INF__", "__NEG_INF__"];

function checkText(name: string, text: unknown) {
  if (typeof text !== "string" || text === "")
    throw new InvalidTransfer(`${name} must be a text, and not empty`);
  // SQLite stores all halves of characters as the same one.
  if (text.includes("\0") || !text.isWellFormed())
    throw new InvalidTransfer(`${name} must be well-formed Unicode`);
  if (NUMBERS.includes(text))
    throw new InvalidTransfer(
      `${name} must not be ${text}, which Resonate reads as a number`,
    );
}

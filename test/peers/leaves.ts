import type { Context } from "@resonatehq/sdk";
import type { Order } from "../../snippets/transfer/check-transfer.ts";
import { entriesFor } from "../../snippets/transfer/entries-for.ts";
import {
  applyEntry,
  creditTarget,
  type LedgerDb,
  TransferRejected,
} from "../../snippets/transfer/ledger.ts";

/** The leaves of the saga, for an engine that hands them no ledger. */
export function leavesOf(db: LedgerDb, order: Order) {
  const ctx = { getDependency: () => db } as unknown as Context;
  const { debit, credit, reversal } = entriesFor(order);
  return {
    debit: () => applyEntry(ctx, debit),
    credit: () => creditTarget(ctx, credit),
    reversal: () => applyEntry(ctx, reversal),
  };
}

export const isNo = (error: unknown) =>
  error instanceof Error && error.name === TransferRejected.name;

import type { Saga } from "../crash-matrix/transfer-world.ts";
import { transferWithinLedger } from "../transfer/one-ledger/saga.ts";
import { debitWithoutNo } from "./flawed/keeps-no-no.ts";
import { debitAfterLook } from "./flawed/looks-first.ts";
import { debitUnasked } from "./flawed/never-looks.ts";
import { sagaWith } from "./flawed/saga-with.ts";
import { transferWithinFunds } from "./within-funds.ts";

/** A guard, and the leaf for the debit, or the saga, that lacks it. */
interface Guard {
  name: string;
  leaf?: typeof debitUnasked;
  saga?: Saga;
}

// #region guards
/** What keeps the money right on one ledger. */
export const guards: Record<string, Guard> = {
  check: { name: "the check", leaf: debitUnasked },
  "one-statement": {
    name: "the check in the statement that writes",
    leaf: debitAfterLook,
  },
  "kept-no": { name: "the no that is kept", leaf: debitWithoutNo },
  "closed-id": {
    name: "closing the credit's id with the reversal",
    saga: transferWithinFunds,
  },
};

/** The saga that lacks this guard, or none. */
export function sagaWithout(guard?: string): Saga {
  if (guard === undefined) return transferWithinLedger;
  const { leaf, saga } = guards[guard] ?? {};
  if (leaf) return sagaWith(leaf);
  if (saga) return saga;
  const names = Object.keys(guards).join(", ");
  throw new RangeError(`a guard is one of ${names}`);
}
// #endregion guards

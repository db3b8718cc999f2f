import type { Saga } from "../crash-matrix/transfer-world.ts";
import { transferWithinFunds } from "../transfer/one-ledger/saga.ts";
import { debitWithoutNo } from "./flawed/keeps-no-no.ts";
import { debitAfterLook } from "./flawed/looks-first.ts";
import { debitUnasked } from "./flawed/never-looks.ts";
import { sagaWith } from "./flawed/saga-with.ts";

/** A guard, and the leaf for the debit that lacks it. */
interface Guard {
  name: string;
  leaf: typeof debitUnasked;
}

// #region guards
/** What keeps an account from paying what it does not hold. */
export const guards: Record<string, Guard> = {
  check: { name: "the check", leaf: debitUnasked },
  "one-statement": {
    name: "the check in the statement that writes",
    leaf: debitAfterLook,
  },
  "kept-no": { name: "the no that is kept", leaf: debitWithoutNo },
};

/** The saga whose debit lacks this, or nothing. */
export function sagaWithout(guard?: string): Saga {
  if (guard === undefined) return transferWithinFunds;
  const { leaf } = guards[guard] ?? {};
  if (!leaf) {
    const names = Object.keys(guards).join(", ");
    throw new RangeError(`a guard is one of ${names}`);
  }
  return sagaWith(leaf);
}
// #endregion guards

import type { Saga } from "../crash-matrix/transfer-world.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import { dropKey } from "../who-does-what/drop-key.ts";
import { withoutKey, withoutLook } from "../who-does-what/leaves.ts";
import {
  creditFirst,
  withDrawnIds,
  withoutCatch,
  withoutNever,
  withoutYield,
} from "../who-does-what/sagas.ts";

/** A guard, and the saga that lacks it. */
interface Guard {
  name: string;
  saga: Saga;
  /** The steps of that saga, where they are not the usual ones. */
  steps?: string[];
  /** What the ledger lacks, too. */
  prepare?: (db: LedgerDb) => Promise<void>;
}

// #region guards
/** What keeps the money right, and the saga without it. */
export const guards: Record<string, Guard> = {
  yield: { name: "the yield* before a step", saga: withoutYield },
  order: {
    name: "the order, debit first",
    saga: creditFirst,
    steps: ["credit", "debit"],
  },
  "same-ids": {
    name: "the same operation id in each replay",
    saga: withDrawnIds,
  },
  "unique-key": {
    name: "the unique key of an entry",
    saga: withoutKey,
    prepare: dropKey,
  },
  look: { name: "the look for its own entry", saga: withoutLook },
  catch: { name: "the catch", saga: withoutCatch },
  never: { name: "the word Never", saga: withoutNever },
};
// #endregion guards

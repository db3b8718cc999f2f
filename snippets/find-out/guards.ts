import type { Scenario } from "../crash/scenario.ts";
import { scenario as ours } from "../crash-matrix/scenario.ts";
import {
  type Saga,
  type TransferWorld,
  workOf,
} from "../crash-matrix/transfer-world.ts";
import { closeBob } from "../support/bank.ts";
import { transferMoney } from "../transfer/transfer-money.ts";
import { dropKey } from "../who-does-what/drop-key.ts";
import { withoutKey, withoutLook } from "../who-does-what/leaves.ts";
import {
  creditFirst,
  withDrawnIds,
  withoutCatch,
  withoutNever,
  withoutYield,
} from "../who-does-what/sagas.ts";

// #region guards
/** What keeps the money right, and the saga without it. */
export const guards: Record<string, Saga> = {
  "yield*": withoutYield,
  order: creditFirst,
  "same ids": withDrawnIds,
  "unique key": withoutKey,
  look: withoutLook,
  catch: withoutCatch,
  Never: withoutNever,
};
// #endregion guards

// #region worlds
/** What a transfer meets: at first, and before its second worker. */
export interface Meeting {
  first?: (world: TransferWorld) => unknown;
  second?: (world: TransferWorld) => unknown;
}
const close = ({ db }: TransferWorld) => closeBob(db, true);
const reopen = ({ db }: TransferWorld) => closeBob(db, false);
export const meetings: Record<string, Meeting> = {
  "Bob's account is open.": {},
  "Bob's account is closed.": { first: close },
  "Bob's account is open. Worker 2 finds it closed.": { second: close },
  "Bob's account is closed. Worker 2 finds it open.": {
    first: close,
    second: reopen,
  },
  "Carol pays, who has no account.": {
    first: ({ order }) => {
      order.source = "carol";
    },
  },
};
// #endregion worlds

/** The scenario of the crash matrix, by the saga without that guard. */
export function without(guard?: string): Scenario<TransferWorld> {
  const saga = guard === undefined ? transferMoney : guards[guard];
  if (!saga)
    throw new Error(
      `a guard is one of ${Object.keys(guards).join(", ")}`,
    );
  return {
    ...ours,
    work: workOf(saga),
    async open(openDatabase) {
      const world = await ours.open(openDatabase);
      if (saga === withoutKey) await dropKey(world.db);
      return world;
    },
  };
}

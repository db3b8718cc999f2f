import type { Saga } from "../crash-matrix/transfer-world.ts";
import type { payIn } from "../transfer/in-transit/pay-in.ts";
import { transferInTransit } from "../transfer/in-transit/saga.ts";
import { payInByTwo } from "./flawed/by-two.ts";
import { payInAny, payOutAny } from "./flawed/takes-any.ts";
import { sagaWith } from "./saga-with.ts";

interface Guard {
  name: string;
  leaf: typeof payIn;
  out?: typeof payOutAny;
}

// #region guards
/** What keeps the sum steady, and the leaves that lack it. */
export const guards: Record<string, Guard> = {
  "both-rows": { name: "both rows by one statement", leaf: payInByTwo },
  "same-order": {
    name: "the look at what the id stands for",
    leaf: payInAny,
    out: payOutAny,
  },
};

/** The saga that lacks this guard, or none. */
export function sagaWithout(guard?: string): Saga {
  if (guard === undefined) return transferInTransit;
  const { leaf, out } = guards[guard] ?? {};
  if (leaf) return sagaWith(leaf, out);
  const names = Object.keys(guards).join(", ");
  throw new RangeError(`a guard is one of ${names}`);
}
// #endregion guards

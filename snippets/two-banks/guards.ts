import { answerRequest } from "../transfer/bank/answer-request.ts";
import { transferBetweenBanks } from "../transfer/two-banks/saga.ts";
import type { Saga } from "./employ.ts";
import { forgetsRefusals } from "./flawed/forgets-refusals.ts";
import { givesUp } from "./flawed/gives-up.ts";
import { hasty } from "./flawed/hasty.ts";
import { otherKey } from "./flawed/other-key.ts";

/** A guard, and the saga, or the bank, that lacks it. */
interface Guard {
  name: string;
  saga?: Saga;
  answers?: typeof answerRequest;
}

// #region guards
/** What keeps the money right between two banks. */
export const guards: Record<string, Guard> = {
  "asks-again": {
    name: "asking again when nothing is known",
    saga: hasty,
  },
  "same-key": { name: "the same key for each try", saga: otherKey },
  "closed-key": {
    name: "closing the key before giving up",
    saga: givesUp,
  },
  "kept-no": {
    name: "the no that a bank keeps",
    answers: forgetsRefusals,
  },
};

/** The saga and the bank of which one lacks this, or nothing. */
export function without(guard?: string) {
  const lacks: Partial<Guard> | undefined =
    guard === undefined ? {} : guards[guard];
  if (!lacks) {
    const names = Object.keys(guards).join(", ");
    throw new RangeError(`a guard is one of ${names}`);
  }
  const { saga = transferBetweenBanks, answers = answerRequest } =
    lacks;
  return { saga, answers };
}
// #endregion guards

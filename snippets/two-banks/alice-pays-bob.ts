import type {
  BankOrder,
  Patience,
} from "../transfer/two-banks/bank-order.ts";

/** 50.00 from alice, at the bank east, to bob, at the bank west. */
export function alicePaysBob(
  id: string,
  patience: Patience,
): BankOrder {
  return {
    id,
    source: "alice",
    sourceBank: "east",
    target: "bob",
    targetBank: "west",
    amountCents: 50_00,
    orderedMs: Date.now(),
    patience,
  };
}

/** For a program that somebody waits for. */
export const short: Patience = {
  tries: 4,
  firstPauseMs: 50,
  longestPauseMs: 200,
};

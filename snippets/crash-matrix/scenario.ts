import type { Scenario } from "../crash/scenario.ts";
import { alicePaysBob, closeBob } from "../support/bank.ts";
import { transferMoney } from "../transfer/transfer-money.ts";
import {
  openTransferWorld,
  type TransferWorld,
  workOf,
} from "./transfer-world.ts";

/** How a transfer may end, and the entries that it has made then. */
export const ends = {
  committed: ["debit", "credit"],
  compensated: ["debit", "reversal"],
};
const close = ({ db }: TransferWorld) => closeBob(db, true);
const reopen = ({ db }: TransferWorld) => closeBob(db, false);

/** The saga of this notebook, and what Bob's account does meanwhile. */
export const scenario: Scenario<TransferWorld> = {
  id: "t1",
  name: "transferMoney",
  steps: ["debit", "credit", "reversal"],
  work: workOf(transferMoney),
  open: (openDatabase) =>
    openTransferWorld(openDatabase, alicePaysBob("t1"), ends),
  paths: {
    accepts: { ends: ["committed"] },
    rejects: { before: [close], ends: ["compensated"] },
    "accepts, then rejects": {
      before: [reopen, close],
      ends: ["committed", "compensated"],
    },
    "rejects, then accepts": {
      before: [close, reopen],
      ends: ["committed", "compensated"],
    },
  },
};

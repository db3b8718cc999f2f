import type { World } from "../crash/scenario.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { closeBob } from "../support/bank.ts";
import type { Meeting } from "./game.ts";

// #region bobs-account
/** What Bob's account does, by whatever closes it and opens it. */
export function bobsAccount<W extends World>(
  close: (world: W) => unknown,
  reopen: (world: W) => unknown,
): Record<string, Meeting<W>> {
  return {
    open: { says: "Bob's account is open.", ends: ["committed"] },
    closed: {
      says: "Bob's account is closed.",
      ends: ["compensated"],
      first: close,
    },
    closes: {
      says: "Bob's account is open. Worker 2 finds it closed.",
      ends: ["committed", "compensated"],
      second: close,
    },
    opens: {
      says: "Bob's account is closed. Worker 2 finds it open.",
      ends: ["committed", "compensated"],
      first: close,
      second: reopen,
    },
    reopens: {
      says: "Bob's account is closed. In the end it is open.",
      ends: ["compensated"],
      first: close,
      last: reopen,
    },
  };
}
// #endregion bobs-account

// #region meetings
/** What a transfer meets on one ledger. */
export const meetings: Record<string, Meeting<TransferWorld>> = {
  ...bobsAccount(
    ({ db }) => closeBob(db, true),
    ({ db }) => closeBob(db, false),
  ),
  carol: {
    says: "Carol pays, who has no account.",
    ends: ["failed"],
    first: ({ order }) => {
      order.source = "carol";
    },
  },
};
// #endregion meetings

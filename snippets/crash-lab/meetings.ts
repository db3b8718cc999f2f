import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { closeBob } from "../support/bank.ts";

/** What a transfer meets. Each change after its start is a fault. */
export interface Meeting {
  says: string;
  /** How the transfer may end then. */
  ends: string[];
  /** What is there from the start. */
  first?: Change;
  /** What the second worker finds changed. */
  second?: Change;
  /** What has changed again when what was held or frozen comes. */
  last?: Change;
}
type Change = (world: TransferWorld) => unknown;

const close = ({ db }: TransferWorld) => closeBob(db, true);
const reopen = ({ db }: TransferWorld) => closeBob(db, false);

// #region meetings
export const meetings: Record<string, Meeting> = {
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
  wavers: {
    says:
      "Bob's account is open. Worker 2 finds it closed. " +
      "In the end it is open.",
    ends: ["committed", "compensated"],
    second: close,
    last: reopen,
  },
  carol: {
    says: "Carol pays, who has no account.",
    ends: ["failed"],
    first: ({ order }) => {
      order.source = "carol";
    },
  },
};
// #endregion meetings

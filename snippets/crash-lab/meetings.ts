import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { closeBob } from "../support/bank.ts";
import type { Meeting } from "./game.ts";

const close = ({ db }: TransferWorld) => closeBob(db, true);
const reopen = ({ db }: TransferWorld) => closeBob(db, false);

// #region meetings
export const meetings: Record<string, Meeting<TransferWorld>> = {
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
  carol: {
    says: "Carol pays, who has no account.",
    ends: ["failed"],
    first: ({ order }) => {
      order.source = "carol";
    },
  },
};
// #endregion meetings

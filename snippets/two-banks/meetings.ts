import type { Meeting } from "../crash-lab/game.ts";
import type { BankWorld } from "./bank-world.ts";
import { ends } from "./ends.ts";
import {
  alicePaysDave,
  closeBob,
  events,
  reopenBob,
} from "./events.ts";

// #region meetings
/** What a transfer between two banks meets. */
export const meetings: Record<string, Meeting<BankWorld>> = {
  open: { says: "Bob's account is open.", ends: ["committed"] },
  closed: {
    says: "Bob's account is closed.",
    ends: ["compensated"],
    first: closeBob,
  },
  closes: {
    says: "Bob's account is open. Worker 2 finds it closed.",
    ends: ["committed", "compensated"],
    second: closeBob,
  },
  opens: {
    says: "Bob's account is closed. Worker 2 finds it open.",
    ends: ["committed", "compensated"],
    first: closeBob,
    second: reopenBob,
  },
  reopens: {
    says: "Bob's account is closed. In the end it is open.",
    ends: ["compensated"],
    first: closeBob,
    last: reopenBob,
  },
  short: {
    says: "Alice has too little.",
    ends: ["refused"],
    first: alicePaysDave,
  },
  "given up": {
    says: "Bob's account is open. What is parked is given up.",
    ends: ["committed", "compensated", "refused"],
    first: (world) => {
      world.decisions = [["undo"]];
    },
  },
};

/** Where schedules are drawn: what happens is drawn, too. Alice's
 * account stays open, so that her bank refuses no reversal. */
export const atRandom = {
  anything: {
    says: "Bob's account closes and opens, and messages are lost.",
    ends: Object.keys(ends),
    events: Object.keys(events).filter((it) => !/alice's/.test(it)),
  },
};
// #endregion meetings

import type { Meeting } from "../crash-lab/game.ts";
import { bobsAccount } from "../crash-lab/meetings.ts";
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
  ...bobsAccount(closeBob, reopenBob),
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

import type { Meeting } from "../crash-lab/game.ts";
import { bobsAccount } from "../crash-lab/meetings.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { close, earn, events, reopen, spend } from "./events.ts";

// #region meetings
/** What a transfer meets, which alice may be unable to pay. */
export const meetings: Record<string, Meeting<TransferWorld>> = {
  ...bobsAccount(close, reopen),
  little: {
    says: "Alice has too little.",
    ends: ["refused"],
    first: spend,
  },
  spends: {
    says: "Alice has enough. Worker 2 finds that she has spent it.",
    ends: ["committed", "refused"],
    second: spend,
  },
  earns: {
    says: "Alice has too little. Worker 2 finds that she has enough.",
    ends: ["committed", "refused"],
    first: spend,
    second: earn,
  },
  "earns last": {
    says: "Alice has too little. In the end she has enough.",
    ends: ["refused"],
    first: spend,
    last: earn,
  },
};

/** Where schedules are drawn: what happens is drawn, too. */
export const atRandom = {
  anything: {
    says: "Alice's money and Bob's account come and go.",
    ends: ["committed", "compensated", "refused"],
    events: Object.keys(events),
  },
};
// #endregion meetings

import type { Meeting } from "../crash-lab/game.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { closeBob } from "../support/bank.ts";
import { earn, spend } from "./events.ts";

// #region meetings
/** What a transfer meets that alice may be unable to pay. */
export const meetings: Record<string, Meeting<TransferWorld>> = {
  enough: { says: "Alice has enough.", ends: ["committed"] },
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
  closed: {
    says: "Alice has enough. Bob's account is closed.",
    ends: ["compensated"],
    first: ({ db }) => closeBob(db, true),
  },
};
// #endregion meetings

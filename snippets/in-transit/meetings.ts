import type { Meeting } from "../crash-lab/game.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { meetings as others } from "../one-ledger/meetings.ts";
import { legsFor } from "../transfer/in-transit/legs.ts";
import { post } from "../transfer/in-transit/post.ts";

// #region meetings
/** What a transfer meets, whose id may stand for another one. */
export const meetings: Record<string, Meeting<TransferWorld>> = {
  ...others,
  another: {
    says: "Under the same id, 20.00 were debited before.",
    ends: ["failed"],
    first: ({ db, order }) =>
      post(db, legsFor({ ...order, amountCents: 20_00 }).debit, "TRUE"),
  },
};
// #endregion meetings

import type { Meeting } from "../crash-lab/game.ts";
import type {
  Saga,
  TransferWorld,
} from "../crash-matrix/transfer-world.ts";
import { openSteadyWorld } from "../in-transit/steady-world.ts";
import { payBackAlone } from "../reconcile/pay-back-alone.ts";
import { legsFor } from "../transfer/in-transit/legs.ts";
import { post } from "../transfer/in-transit/post.ts";
import { fundsIn } from "./funds.ts";
import type { Subject } from "./subject.ts";

// #region half
const debited = ({ db, order }: TransferWorld) =>
  post(db, legsFor(order).debit, "TRUE");
const lateCredit = ({ db, order }: TransferWorld) =>
  post(db, legsFor(order).credit, "TRUE");

const says = "The transfer is debited, and nobody works on it.";
const meetings: Record<string, Meeting<TransferWorld>> = {
  nothing: { says, ends: ["compensated"], first: debited },
  late: {
    says: `${says} Before worker 2 begins, its credit comes late.`,
    ends: ["committed", "compensated"],
    first: debited,
    second: lateCredit,
  },
  last: {
    says: `${says} In the end its credit comes.`,
    ends: ["committed", "compensated"],
    first: debited,
    last: lateCredit,
  },
};
const atRandom = {
  nothing: { says, ends: ["compensated"], first: debited },
};

/** What undoes a transfer that is half done: ours, or yours. */
export function half(
  _without?: string,
  own: Saga = payBackAlone,
): Subject<TransferWorld> {
  return fundsIn({ meetings, atRandom }, own, (openDatabase) =>
    openSteadyWorld(openDatabase, {}),
  );
}
// #endregion half

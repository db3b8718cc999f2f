import { answerRequest } from "../../transfer/bank/answer-request.ts";
import type { LedgerDb } from "../../transfer/ledger.ts";
import { BankWorld } from "../bank-world.ts";
import { openBanks } from "../open-banks.ts";
import { order, scenario as ours } from "../scenario.ts";

// #region forgets-refusals
/** Flawed: do not copy. A bank that forgets what it has refused. */
export async function forgetsRefusals(db: LedgerDb, request: Request) {
  const response = await answerRequest(db, request);
  await db.prepare("DROP TRIGGER IF EXISTS hold_answer").run();
  await db
    .prepare("DELETE FROM answers WHERE refused IS NOT NULL")
    .run();
  return response;
}
// #endregion forgets-refusals

export const scenario: typeof ours = {
  ...ours,
  open: async (openDatabase) =>
    new BankWorld(
      order,
      await openBanks(openDatabase),
      forgetsRefusals,
    ),
};

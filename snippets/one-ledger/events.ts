import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { closeBob } from "../support/bank.ts";

export type Happens = (world: TransferWorld) => unknown;

/** All that one account holds goes to the other, by one statement. */
async function moveAll(
  { db }: TransferWorld,
  from: string,
  to: string,
) {
  await db
    .prepare(
      `WITH held AS (
         SELECT SUM(amount_cents) AS cents,
           'm' || (SELECT COUNT(*) FROM entries) AS id
         FROM entries WHERE account = ?)
       INSERT INTO entries
         (op_id, transfer_id, account, amount_cents, kind)
       SELECT id || '-out', id, ?, -cents, 'debit'
         FROM held WHERE cents > 0
       UNION ALL SELECT id || '-in', id, ?, cents, 'credit'
         FROM held WHERE cents > 0`,
    )
    .run(from, from, to);
}

// #region events
export const spend: Happens = (world) =>
  moveAll(world, "alice", "carol");
export const earn: Happens = (world) =>
  moveAll(world, "carol", "alice");

export const close: Happens = ({ db }) => closeBob(db, true);
export const reopen: Happens = ({ db }) => closeBob(db, false);

/** What may happen at any time. */
export const events: Record<string, Happens> = {
  "alice spends all": spend,
  "alice gets it back": earn,
  "bob's account closes": close,
  "bob's account opens": reopen,
};
// #endregion events

import type { OpenDatabase } from "../crash/scenario.ts";
import type { TransferWorld } from "../crash-matrix/transfer-world.ts";
import { openLedgerWorld } from "../one-ledger/ledger-world.ts";
import { audit, openAccount } from "../transfer/accounts.ts";
import { IN_TRANSIT } from "../transfer/in-transit/legs.ts";

/** A ledger with an account in transit, whose sum is looked at. */
export interface SteadyWorld extends TransferWorld {
  /** By how many cents all accounts differed once from what was put
   * in: after a call, even if no longer. */
  uneven(): number;
}

// #region steady-world
/** Opens it, for 50.00 from alice to bob, and what each end leaves. */
export async function openSteadyWorld(
  openDatabase: OpenDatabase,
  ends: Record<string, readonly string[]>,
): Promise<SteadyWorld> {
  let uneven = 0;
  const world = await openLedgerWorld(
    openDatabase,
    ends,
    async (db) => {
      const { seededCents, heldCents } = await audit(db);
      uneven ||= heldCents - seededCents;
      return uneven ? `all differ by ${uneven} cents` : undefined;
    },
  );
  await openAccount(world.db, IN_TRANSIT, 0);
  return { ...world, uneven: () => uneven };
}
// #endregion steady-world

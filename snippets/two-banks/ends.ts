import { entriesOf } from "../transfer/accounts.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import type { Park } from "../transfer/two-banks/parked-list.ts";
import type { BankWorld } from "./bank-world.ts";
import { type Stores, sumsOf } from "./open-banks.ts";

// #region ends
/** How a transfer may end, and the entries at both banks then. */
export const ends: Record<string, string[]> = {
  committed: ["debit at east", "credit at west"],
  compensated: ["debit at east", "reversal at east"],
  refused: [],
  "written off": ["debit at east", "write-off at east"],
};

/** What a transfer has written at either bank. */
export async function entriesAt(
  { east, west }: Stores,
  transferId: string,
) {
  const at = async (db: LedgerDb, bank: string) =>
    (await entriesOf(db, transferId)).map(
      ({ kind }) => `${kind} at ${bank}`,
    );
  return [...(await at(east, "east")), ...(await at(west, "west"))];
}

/**
 * Names the end, after it was parked perhaps. Throws unless the banks
 * have the entries of this end, and together hold what was put in.
 */
export async function endOf(
  world: BankWorld,
  { status }: { status: string },
): Promise<string> {
  await checkSum(world, 0);
  await checkEntries(world.stores, world.order.id, status);
  return `${world.parks ? "parked, then " : ""}${status}`;
}

/** Throws unless the banks have the entries of such an end. */
export async function checkEntries(
  stores: Stores,
  transferId: string,
  status: string,
) {
  const found = (await entriesAt(stores, transferId)).join(", ");
  if (found !== ends[status]?.join(", "))
    throw new Error(
      `${transferId} ${status}, and there is ${found || "nothing"}`,
    );
}

/** What was put in is held, or in flight. */
async function checkSum({ stores }: BankWorld, inFlightCents: number) {
  const { seededCents, heldCents } = await sumsOf(stores);
  const cents = heldCents + inFlightCents;
  if (seededCents !== cents)
    throw new Error(`${seededCents} cents are now ${cents}`);
}
// #endregion ends

// #region check-park
/**
 * Throws unless the sums are right while this is parked, and it is for
 * a person: each try under its key failed, or a reversal was refused.
 */
export async function checkPark(world: BankWorld, { bank, key }: Park) {
  const { order, links, stores } = world;
  const entries = await entriesAt(stores, order.id);
  const isInFlight = entries.join() === "debit at east";
  await checkSum(world, isInFlight ? order.amountCents : 0);
  const at = bank === "east" ? "east" : "west";
  const kept = await stores[at]
    .prepare("SELECT refused FROM answers WHERE key = ?")
    .get(key);
  const isNo = kept && (kept as { refused: unknown }).refused !== null;
  if (isNo && /reversal|write-off/.test(key)) return;
  const sql = "SELECT park FROM parked WHERE key = ?";
  const parks = (await stores.parked.prepare(sql).all(key)).length;
  const failed = links[at].failed.get(key) ?? 0;
  if (failed >= parks * order.patience.tries) return;
  throw new Error(`${key} was parked, and could be settled`);
}
// #endregion check-park

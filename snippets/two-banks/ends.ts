import { audit, entriesOf } from "../transfer/accounts.ts";
import type { Park } from "../transfer/two-banks/parked-list.ts";
import type { BankWorld } from "./bank-world.ts";

// #region ends
/** How a transfer may end, and the entries at both banks then. */
export const ends: Record<string, string[]> = {
  committed: ["debit at east", "credit at west"],
  compensated: ["debit at east", "reversal at east"],
  refused: [],
  "written off": ["debit at east", "write-off at east"],
};

/** What a transfer has written at either bank. */
export async function entriesAt({ stores, order }: BankWorld) {
  const { east, west } = stores;
  const at = async (db: typeof east, bank: string) =>
    (await entriesOf(db, order.id)).map(
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
  const entries = (await entriesAt(world)).join(", ");
  await checkSum(world, 0);
  if (entries !== ends[status]?.join(", "))
    throw new Error(
      `it ${status}, and there is ${entries || "nothing"}`,
    );
  return `${world.parks ? "parked, then " : ""}${status}`;
}

/** What was put in is held, or in flight. */
async function checkSum(
  { stores: { east, west } }: BankWorld,
  inFlightCents: number,
) {
  const here = await audit(east);
  const there = await audit(west);
  const seeded = here.seededCents + there.seededCents;
  const held = here.heldCents + there.heldCents;
  if (seeded !== held + inFlightCents)
    throw new Error(`${seeded} cents are now ${held + inFlightCents}`);
}
// #endregion ends

// #region check-park
/**
 * Throws unless the sums are right while this is parked, and it is for
 * a person: each try under its key failed, or a reversal was refused.
 */
export async function checkPark(world: BankWorld, { bank, key }: Park) {
  const { order, links, stores } = world;
  const entries = await entriesAt(world);
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

import type { Resonate } from "@resonatehq/sdk";
import { audit, entriesOf } from "../accounts.ts";
import { formatCents } from "../format-cents.ts";
import type { LedgerDb } from "../ledger.ts";

export function say(who: string, what: string): void {
  console.log(`${who.padEnd(10)}${what}`.trimEnd());
}

// #region show
/** Prints a transfer's entries, and what the server recorded of it. */
export async function show(
  { db, client }: { db: LedgerDb; client: Resonate },
  id: string,
): Promise<void> {
  console.log();
  for (const { kind, account, amountCents } of await entriesOf(
    db,
    id,
  )) {
    const cents = formatCents(amountCents).padStart(7);
    say("  ledger", `${kind.padEnd(9)}${account.padEnd(6)}${cents}`);
  }
  const { heldCents, seededCents } = await audit(db);
  const [held, seeded] = [heldCents, seededCents].map(formatCents);
  say("  ledger", `all accounts hold ${held} of ${seeded}`);

  for (const name of [id, `${id}:0`, `${id}:1`, `${id}:2`]) {
    const promise = await client.promises.get(name).catch(() => {});
    if (!promise) continue;
    let recorded = "";
    if (name !== id && promise.state !== "pending")
      recorded = await (await client.get(name)).result().catch(String);
    const [padded, { state }] = [name.padEnd(id.length + 3), promise];
    say("  server", `${padded}${state.padEnd(9)}${recorded}`);
  }
  console.log();
}
// #endregion show

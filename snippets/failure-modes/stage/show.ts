import type { Resonate } from "@resonatehq/sdk";
import { formatCents } from "../../support/format-cents.ts";
import { audit, entriesOf } from "../../transfer/accounts.ts";
import type { LedgerDb } from "../../transfer/ledger.ts";

export function say(who: string, what: string): void {
  console.log(`${who.padEnd(10)}${what}`.trimEnd());
}

// #region show
/** Prints a transfer's entries, and what the server recorded of it. */
export async function show(
  { db, client }: { db: LedgerDb; client: Resonate },
  id: string,
): Promise<void> {
  // Workers go on meanwhile: what two looks find alike is no mixture.
  let [before, now] = [await look(db, client, id), ""];
  while (before !== now)
    [before, now] = [now, await look(db, client, id)];
  console.log(now);
}

async function look(db: LedgerDb, client: Resonate, id: string) {
  const lines = [""];
  for (const { kind, account, amountCents } of await entriesOf(
    db,
    id,
  )) {
    const cents = formatCents(amountCents).padStart(7);
    lines.push(
      `  ledger  ${kind.padEnd(9)}${account.padEnd(6)}${cents}`,
    );
  }
  const { heldCents, seededCents } = await audit(db);
  const [held, seeded] = [heldCents, seededCents].map(formatCents);
  lines.push(`  ledger  all accounts hold ${held} of ${seeded}`);

  for (const name of [id, `${id}:0`, `${id}:1`, `${id}:2`]) {
    const promise = await client.promises.get(name).catch(() => {});
    if (!promise) continue;
    let recorded = "";
    if (name !== id && promise.state !== "pending")
      recorded = await (await client.get(name)).result().catch(String);
    const [padded, { state }] = [name.padEnd(id.length + 3), promise];
    lines.push(
      `  server  ${padded}${state.padEnd(9)}${recorded}`.trimEnd(),
    );
  }
  return [...lines, ""].join("\n");
}
// #endregion show

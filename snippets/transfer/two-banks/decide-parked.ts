import { Codec, type Resonate } from "@resonatehq/sdk";
import * as v from "valibot";
import type { LedgerDb } from "../ledger.ts";
import { Decision } from "./decision.ts";
import { choicesIn } from "./parked-list.ts";

// #region decide-parked
/**
 * Gives a parked transfer what was decided. The first decision counts:
 * throws when the one on record is another, and says whose it is.
 * Throws as well, and decides nothing, when there is no such park, when
 * it does not offer that choice, and when its run has ended. Nothing
 * else may settle that promise, nor this with workers that have an
 * encryptor: what they cannot decode stops the run for good.
 */
export async function decideParked(
  { promises }: Pick<Resonate, "promises">,
  parked: LedgerDb,
  decision: Decision,
): Promise<void> {
  const said = v.parse(Decision, decision);
  const { park, choice } = said;
  const choices = await choicesOf(parked, park);
  if (!choices.includes(choice))
    throw new Error(`${park} takes one of ${choices.join(", ")}`);
  const run = await promises.get(park.split(":")[0] ?? "");
  if (run.state !== "pending")
    throw new Error(`${run.id} has ended: nobody waits`);

  const codec = new Codec();
  const { data = "" } = codec.encode(said);
  // The engine says yes to a second decision, and keeps the first.
  const record = await promises.resolve(park, { data });
  const kept = v.safeParse(
    Decision,
    record.state === "resolved" ? codec.decode(record.value) : {},
  );
  if (!kept.success) throw new Error(`nobody waits at ${park}`);
  const { by, reason, atMs } = kept.output;
  if (JSON.stringify(kept.output) === JSON.stringify(said)) return;
  const what = `${kept.output.choice}, ${new Date(atMs).toISOString()}`;
  throw new Error(`${by} decided before: ${what}: ${reason}`);
}
// #endregion decide-parked

async function choicesOf(parked: LedgerDb, park: string) {
  const sql =
    "SELECT choices FROM parked WHERE park = ? ORDER BY run DESC";
  const row = await parked.prepare(sql).get(park);
  if (!row) throw new Error(`nothing is parked as ${park}`);
  return choicesIn((row as { choices: string }).choices);
}

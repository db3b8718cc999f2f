import { Codec, type Resonate } from "@resonatehq/sdk";
import * as v from "valibot";
import { Decision } from "./decision.ts";

// #region decide-parked
/**
 * Gives a parked transfer what was decided. The first decision counts:
 * throws when the one on record is another, and says whose it is.
 * Throws as well when it is none, or there is no such park.
 */
export async function decideParked(
  { promises }: Pick<Resonate, "promises">,
  decision: Decision,
): Promise<void> {
  const said = v.parse(Decision, decision);
  const codec = new Codec();
  const { data = "" } = codec.encode(said);
  // The engine says yes to a second decision, and keeps the first.
  const record = await promises.resolve(said.park, { data });
  const { success, output: kept } = v.safeParse(
    Decision,
    record.state === "resolved" ? codec.decode(record.value) : {},
  );
  if (!success) throw new Error(`${said.park} has ended: nobody waits`);
  const { id, by, choice, reason, atMs } = kept;
  if (id === said.id) return;
  const when = new Date(atMs).toISOString();
  throw new Error(
    `${by} decided before: ${choice}, ${when}: ${reason}`,
  );
}
// #endregion decide-parked

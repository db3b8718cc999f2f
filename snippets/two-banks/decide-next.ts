import { setTimeout } from "node:timers/promises";
import { decideParked } from "../transfer/two-banks/decide-parked.ts";
import {
  type Choice,
  decisionOn,
} from "../transfer/two-banks/decision.ts";
import {
  openParks,
  type Park,
} from "../transfer/two-banks/parked-list.ts";
import type { Stage } from "./stage.ts";

// #region decide-next
/** Waits until a transfer is parked, and says what becomes of it. */
export async function decideNext(
  { stores, resonate }: Stage,
  choice: Choice,
  first: (park: Park) => unknown = () => {},
): Promise<void> {
  let [parked] = await openParks(stores.parked);
  for (; !parked; [parked] = await openParks(stores.parked))
    await setTimeout(10);
  await first(parked);
  const { park } = parked;
  const said = decisionOn(park, choice, "carol", "the bank was called");
  await decideParked(resonate, stores.parked, said);
}
// #endregion decide-next

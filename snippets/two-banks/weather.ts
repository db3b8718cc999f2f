import { setTimeout } from "node:timers/promises";
import fc from "fast-check";
import { closeAccount, reopenAccount } from "../transfer/accounts.ts";
import { decideParked } from "../transfer/two-banks/decide-parked.ts";
import {
  byStatement,
  decisionOn,
} from "../transfer/two-banks/decision.ts";
import { openParks } from "../transfer/two-banks/parked-list.ts";
import { faultNames } from "./link.ts";
import type { Field } from "./processes/field.ts";

// #region happens
/** What happens, ten times a second, to the nth of what there is. */
const happens: ((field: Field, nth: number) => unknown)[] = [
  (field, nth) => field.killWorker(nth % 3),
  (field, nth) => field.killBank(nth % 2 ? "east" : "west"),
  ({ stores }, nth) => closeAccount(stores.east, `alice-${nth % 10}`),
  ({ stores }, nth) => closeAccount(stores.west, `bob-${nth % 10}`),
  ...Array(4).fill(({ stores }: Field, nth: number) => [
    reopenAccount(stores.east, `alice-${nth % 10}`),
    reopenAccount(stores.west, `bob-${nth % 10}`),
  ]),
  ...Array(3).fill(({ links }: Field, nth: number) => {
    const link = nth % 2 ? links.east : links.west;
    link.always = faultNames[(nth >> 1) % faultNames.length];
  }),
  ...Array(4).fill(({ links }: Field, nth: number) => {
    const link = nth % 2 ? links.east : links.west;
    link.always = undefined;
  }),
  ({ links }, nth) => (nth % 2 ? links.east : links.west).arrive(),
];

export async function storm(
  field: Field,
  seed: number,
  calm: AbortSignal,
) {
  const each = fc.tuple(fc.constantFrom(...happens), fc.nat(59));
  const drawn = fc.sample(each, { seed, numRuns: 20_000 });
  for (const [what, nth] of drawn) {
    if (calm.aborted) return;
    await what(field, nth);
    await setTimeout(100);
  }
}
// #endregion happens

// #region decides
/** Somebody who decides all day: mostly to try again. */
export async function decide(
  { stores, client }: Field,
  calm: AbortSignal,
) {
  const decided = new Set<string>();
  while (!calm.aborted) {
    for (const { park, choices } of await openParks(stores.parked)) {
      if (decided.has(park)) continue;
      const all = choices.filter((it) => !byStatement.includes(it));
      const choice =
        all[decided.size % 3 ? 0 : all.length - 1] ?? "retry";
      const said = decisionOn(park, choice, "carol", "it is time");
      await decideParked(client, stores.parked, said);
      decided.add(park);
    }
    await setTimeout(200);
  }
  return decided.size;
}
// #endregion decides

import { guards as ledgerGuards } from "../crash-lab/guards.ts";
import { guards as transitGuards } from "../in-transit/guards.ts";
import { guards as fundsGuards } from "../one-ledger/guards.ts";
import { guards as bankGuards } from "../two-banks/guards.ts";
import { changed } from "./changed.ts";
import { funds } from "./funds.ts";
import { half } from "./half.ts";
import { inTransit } from "./in-transit.ts";
import { oneLedger } from "./one-ledger.ts";
import type { Subject } from "./subject.ts";
import { twoBanks } from "./two-banks.ts";

interface Named {
  guards: Record<string, { name: string }>;
  /** It lacks this guard, or none, or has a saga of your own. */
  without(guard?: string, own?: never): Subject;
}
export type SubjectName =
  | "one-ledger"
  | "funds"
  | "in-transit"
  | "changed"
  | "half"
  | "two-banks";

/** What can be searched, by name. */
export const subjects: Record<SubjectName, Named> = {
  "one-ledger": { guards: ledgerGuards, without: oneLedger },
  funds: { guards: fundsGuards, without: funds },
  "in-transit": { guards: transitGuards, without: inTransit },
  half: { guards: {}, without: half },
  changed: { guards: {}, without: changed },
  "two-banks": { guards: bankGuards, without: twoBanks },
};

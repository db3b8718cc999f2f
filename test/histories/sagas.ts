import { transferWithLimit } from "#snippets/changing/with-limit.ts";
import type { Scenario } from "#snippets/crash/scenario.ts";
import { scenario as first } from "#snippets/crash-matrix/scenario.ts";
import { workOf } from "#snippets/crash-matrix/transfer-world.ts";
import { scenario as inTransit } from "#snippets/in-transit/scenario.ts";
import {
  scenario as oneLedger,
  scenarioOf,
} from "#snippets/one-ledger/scenario.ts";
import { transferWithinFunds } from "#snippets/one-ledger/within-funds.ts";
import { transferAskingAgain } from "#snippets/transfer/ask-again.ts";
import { transferInTransit } from "#snippets/transfer/in-transit/saga.ts";
import { transferWithinLedger } from "#snippets/transfer/one-ledger/saga.ts";
import { transferMoney } from "#snippets/transfer/transfer-money.ts";
import { transferBetweenBanks } from "#snippets/transfer/two-banks/saga.ts";
import { scenario as twoBanks } from "#snippets/two-banks/scenario.ts";

/** The sagas of this notebook, and what each of them is recorded in. */
export const sagas = {
  transferMoney: { saga: transferMoney, scenario: first },
  transferAskingAgain: {
    saga: transferAskingAgain,
    scenario: { ...first, work: workOf(transferAskingAgain) },
  },
  transferWithinFunds: {
    saga: transferWithinFunds,
    scenario: scenarioOf(transferWithinFunds),
  },
  transferWithinLedger: { saga: transferWithinLedger, scenario: oneLedger },
  transferInTransit: { saga: transferInTransit, scenario: inTransit },
  transferWithLimit: {
    saga: transferWithLimit,
    scenario: { ...inTransit, work: workOf(transferWithLimit) },
  },
  transferBetweenBanks: { saga: transferBetweenBanks, scenario: twoBanks },
};
export type SagaName = keyof typeof sagas;

/** What a saga meets, by names of files. Nothing in it is drawn. */
export function waysOf({ paths }: Pick<Scenario<never>, "paths">) {
  return Object.entries(paths)
    .filter(([, { events }]) => !events)
    .map(([name, path]) => ({
      path,
      file: `${name.replace(/\W+/g, "-")}.json`,
    }));
}

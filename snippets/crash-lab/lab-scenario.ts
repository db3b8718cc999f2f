import type { Path, Scenario } from "../crash/scenario.ts";
import { ends, scenario } from "../crash-matrix/scenario.ts";
import {
  openTransferWorld,
  type Saga,
  type TransferWorld,
  workOf,
} from "../crash-matrix/transfer-world.ts";
import { alicePaysBob } from "../support/bank.ts";
import { transferMoney } from "../transfer/transfer-money.ts";
import { guards } from "./guards.ts";
import { meetings } from "./meetings.ts";
import type { Plan } from "./plan.ts";

/** A saga that is run instead of the plan's. */
export interface Own {
  saga: Saga;
  steps?: readonly string[];
}

// #region lab-scenario
/** The scenario of the crash matrix, for the order of a plan. */
export function scenarioOf(
  plan: Omit<Plan, "faults">,
  own?: Own,
): Scenario<TransferWorld> {
  const { amountCents, without } = plan;
  const { first } = meetings[plan.meets] ?? {};
  const transfer = { ...alicePaysBob(scenario.id), amountCents };
  const lacks = without === undefined ? undefined : guards[without];
  return {
    ...scenario,
    steps: own?.steps ?? lacks?.steps ?? scenario.steps,
    keys: scenario.steps,
    work: workOf(own?.saga ?? sagaWithout(without)),
    async open(openDatabase) {
      const world = await openTransferWorld(
        openDatabase,
        transfer,
        ends,
      );
      await lacks?.prepare?.(world.db);
      await first?.(world);
      return world;
    },
    paths: {},
  };
}

/** The steps of a saga of which nothing is known but their order. */
export const NTH = [
  "first",
  "second",
  "third",
  "fourth",
  "fifth",
  "sixth",
];

/** What changes for its second worker. No end is checked here. */
export function pathOf({
  meets,
}: Pick<Plan, "meets">): Path<TransferWorld> {
  const { second = () => {} } = meetings[meets] ?? {};
  return { before: [() => {}, second], ends: [] };
}

/** What changes before what was held or frozen comes. */
export async function changeLast(
  { meets }: Pick<Plan, "meets">,
  world: TransferWorld,
) {
  await meetings[meets]?.last?.(world);
}

/** The saga that lacks this guard, or none. */
export function sagaWithout(guard?: string): Saga {
  if (guard === undefined) return transferMoney;
  const { saga } = guards[guard] ?? {};
  if (!saga)
    throw new RangeError(
      `a guard is one of ${Object.keys(guards).join(", ")}`,
    );
  return saga;
}
// #endregion lab-scenario

import type { OneRun } from "../crash/scenario.ts";
import { ends, scenario } from "../crash-matrix/scenario.ts";
import {
  openTransferWorld,
  type Saga,
  type TransferWorld,
  workOf,
} from "../crash-matrix/transfer-world.ts";
import { alicePaysBob } from "../support/bank.ts";
import { audit, balances } from "../transfer/accounts.ts";
import { transferMoney } from "../transfer/transfer-money.ts";
import type { Game, Meeting, Money } from "./game.ts";
import { guards } from "./guards.ts";
import { meetings } from "./meetings.ts";
import type { Plan } from "./plan.ts";
import { snapshot } from "./snapshot.ts";

/** A saga that is run instead of the plan's. */
export interface Own {
  saga: Saga;
  steps?: readonly string[];
}
type Ordered = Pick<Plan, "amountCents" | "without">;

// #region lab-scenario
/** The run of the crash matrix, with the order and saga of a plan. */
export function gameOf(
  plan: Ordered & Pick<Plan, "meets">,
  own?: Own,
): Game<TransferWorld> {
  const meeting = meetings[plan.meets];
  if (!meeting) throw new RangeError(`nothing meets ${plan.meets}`);
  return ledgerGame(meeting, plan, own);
}

/** The same, which meets this. */
export function ledgerGame(
  meeting: Meeting<TransferWorld>,
  ordered: Ordered,
  own?: Own,
): Game<TransferWorld> {
  return {
    scenario: scenarioOf(meeting, ordered, own),
    meeting,
    far: [],
    moneyIn,
    snapshotOf: ({ world, server, history }) =>
      snapshot([world.db], server, history),
  };
}

function scenarioOf(
  { first }: Meeting<TransferWorld>,
  { amountCents, without }: Ordered,
  own?: Own,
): OneRun<TransferWorld> {
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
  };
}

/** What is in the accounts of this world now. */
async function moneyIn({ db }: TransferWorld): Promise<Money> {
  const { seededCents, heldCents } = await audit(db);
  const held = await balances(db);
  const bob = held.find(({ account }) => account === "bob");
  return { cents: heldCents - seededCents, bobCents: bob?.cents ?? 0 };
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

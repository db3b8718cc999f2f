import { Resonate } from "@resonatehq/sdk";
import { onTestFinished, vi } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { closeAccount } from "#snippets/transfer/accounts.ts";
import { answerRequest } from "#snippets/transfer/bank/answer-request.ts";
import { decideParked } from "#snippets/transfer/two-banks/decide-parked.ts";
import {
  type Choice,
  type Decision,
  decisionOn,
} from "#snippets/transfer/two-banks/decision.ts";
import {
  openParks,
  type Park,
} from "#snippets/transfer/two-banks/parked-list.ts";
import { transferBetweenBanks } from "#snippets/transfer/two-banks/saga.ts";
import { alicePaysBob, short } from "#snippets/two-banks/alice-pays-bob.ts";
import { type Stores, sumsOf } from "#snippets/two-banks/open-banks.ts";
import { openStage, type Stage } from "#snippets/two-banks/stage.ts";
import { atPlace } from "./place.ts";

export const DAY = 24 * 3_600_000;

/** Two banks over HTTP and a worker, whose lines are not printed. */
export async function stageOf() {
  const alert = vi.spyOn(console, "log").mockImplementation(() => {});
  const client = () => new Resonate({ logger: silence, ...atPlace() });
  const stage = await openStage(transferBetweenBanks, answerRequest, client);
  onTestFinished(async () => {
    await stage.stop();
    alert.mockRestore();
  });
  const lines = () => alert.mock.calls.map(([line]) => `${line}`);
  return Object.assign(stage, { lines });
}

/** The first park of the list that is like this, as soon as it is there. */
export function parkLike(
  { stores }: Pick<Stage, "stores">,
  isIt: (park: Park) => boolean = () => true,
): Promise<Park> {
  return vi.waitUntil(
    async () => (await openParks(stores.parked)).find(isIt),
    20_000,
  );
}

/** Both accounts are closed: the credit is refused, and its reversal. */
export async function parkOne(stage: Stage, id = "t1") {
  await closeAccount(stage.stores.west, "bob");
  await closeAccount(stage.stores.east, "alice");
  const end = stage.run(alicePaysBob(id, short));
  const park = await parkLike(stage, ({ transferId }) => transferId === id);
  return { end, park };
}

export const decision = (
  park: string,
  change: Partial<Decision> = {},
): Decision => ({
  ...decisionOn(park, "write off", "carol", "alice was called"),
  ...change,
});

/** Somebody decides, and that is noted. */
export async function choose(stage: Stage, park: string, choice: Choice) {
  const { resonate, stores } = stage;
  await decideParked(resonate, stores.parked, decision(park, { choice }));
  await vi.waitUntil(
    async () =>
      !(await openParks(stores.parked)).some((each) => each.park === park),
    20_000,
  );
}

/** What both banks hold, in cents. */
export const heldBy = async (stores: Stores) =>
  (await sumsOf(stores)).heldCents;

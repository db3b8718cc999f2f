import { expect, test } from "vitest";
import { entriesOf, reopenAccount } from "#snippets/transfer/accounts.ts";
import { statement } from "#snippets/transfer/bank/decide.ts";
import {
  type BankOrder,
  checkBankOrder,
} from "#snippets/transfer/two-banks/bank-order.ts";
import { decideParked } from "#snippets/transfer/two-banks/decide-parked.ts";
import { alicePaysBob, short } from "#snippets/two-banks/alice-pays-bob.ts";
import {
  DAY,
  decision,
  heldBy,
  parkLike,
  parkOne,
  stageOf,
} from "../support/bank-stage.ts";

test("an order that is made again when engine and bank have forgotten it is not credited again: its time is the first one's", async () => {
  const stage = await stageOf();
  const { stores, banks } = stage;
  const orderedMs = Date.now() - 3_600_000;
  const order = { ...alicePaysBob("t1", short), orderedMs };
  await stage.run(order);
  await stage.forgetRuns();
  banks.west.keepsAnswersMs = 60_000;
  const again = stage.run(order);
  const park = await parkLike(stage);
  expect(park).toMatchObject({
    key: "t1-credit",
    reason: "the bank may have forgotten the key by now",
  });
  const made = decision(park.park, { choice: "made" });
  await decideParked(stage.resonate, stores.parked, made);
  expect(await again).toMatchObject({ status: "committed" });
});

test("when the engine has forgotten a run, its park is listed anew, and the money that went one way goes no other", async () => {
  const stage = await stageOf();
  const { stores } = stage;
  const { park, end } = await parkOne(stage);
  await decideParked(stage.resonate, stores.parked, decision(park.park));
  expect(await end).toMatchObject({ status: "written off" });

  await stage.forgetRuns();
  await reopenAccount(stores.east, "alice");
  stage.run(alicePaysBob("t1", short)).catch(() => {});
  const reasons: string[] = [];
  for (const nth of [1, 2]) {
    const again = await parkLike(stage, (each) => !reasons.includes(each.park));
    reasons.push(again.park, again.reason);
    if (nth === 2) break;
    const retry = decision(again.park, { choice: "retry" });
    await decideParked(stage.resonate, stores.parked, retry);
  }
  expect(reasons[0]).toBe(park.park);
  expect(reasons[3]).toBe("nothing of t1 is there to undo");
  expect(await heldBy(stores)).toBe(200_00);
});

test("a payment that is taken back is another transfer, under an id of its own, and is refused when the money is spent", async () => {
  const stage = await stageOf();
  await stage.run(alicePaysBob("t1", short));
  const back = {
    ...alicePaysBob("t1-return", short),
    source: "bob",
    sourceBank: "west",
    target: "alice",
    targetBank: "east",
  };
  const spent = { ...back, id: "t2", amountCents: 10_00 };
  expect(await stage.run(spent)).toMatchObject({ status: "committed" });
  expect(await stage.run(back)).toEqual({
    transferId: "t1-return",
    status: "refused",
    reason: "account bob holds too little",
  });
});

test("a payment that is taken back when the money is spent can be forced, by name: then the losses of the target's bank pay", async () => {
  const stage = await stageOf();
  const forced: BankOrder = {
    ...alicePaysBob("t1-return", short),
    source: "losses",
    sourceBank: "west",
    target: "alice",
    targetBank: "east",
  };
  expect(() => checkBankOrder(forced)).toThrow("only with a note");
  const note = "carol: bob has spent it";
  expect(await stage.run({ ...forced, note })).toMatchObject({
    status: "committed",
  });
  expect(await entriesOf(stage.stores.west, "t1-return")).toMatchObject([
    { account: "losses", amountCents: -50_00, kind: "debit" },
  ]);
  const [debit] = await statement(stage.stores.west, Date.now() + DAY);
  expect(debit).toMatchObject({ outcome: "made", note });
});

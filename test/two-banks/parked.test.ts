import { expect, onTestFinished, test, vi } from "vitest";
import { reopenAccount } from "#snippets/transfer/accounts.ts";
import { statement } from "#snippets/transfer/bank/decide.ts";
import { decideParked } from "#snippets/transfer/two-banks/decide-parked.ts";
import { openParks } from "#snippets/transfer/two-banks/parked-list.ts";
import { FAR_MS } from "#snippets/transfer/two-banks/settle.ts";
import { statusOf } from "#snippets/transfer/two-banks/status-of.ts";
import { alicePaysBob, short } from "#snippets/two-banks/alice-pays-bob.ts";
import {
  closeAlice,
  closeBob,
  reopenAlice,
} from "#snippets/two-banks/events.ts";
import {
  choose,
  DAY,
  decision,
  heldBy,
  parkLike,
  parkOne,
  stageOf,
} from "../support/bank-stage.ts";
import { begin, held, next } from "../support/two-banks.ts";

test.for([25, 30 * 24])(
  "a transfer that was parked for %i hours is ended by the decision",
  async (hours) => {
    const run = await begin({ ends: ["parked, then compensated"] });
    await closeBob(run.world);
    await closeAlice(run.world);
    const wait = async () => {
      vi.useFakeTimers({ toFake: ["Date"] });
      onTestFinished(() => void vi.useRealTimers());
      vi.setSystemTime(Date.now() + hours * 3_600_000);
      await run.server.tick(Date.now());
      expect((await run.server.states()).get("t1")).toBe("pending");
      await reopenAlice(run.world);
    };
    run.world.decisions = [["retry", wait]];
    await run.work(next(), () => "answered");
    expect(await run.check()).toBe("parked, then compensated");
  },
);

test("a run of the usual length is refused before anything is debited: it would lose what is parked after a day", async () => {
  const { resonate, stores } = await stageOf();
  const order = alicePaysBob("t1", short);
  const usual = resonate.rpc("t1", "transferBetweenBanks", order);
  await expect(usual).rejects.toMatchObject({
    name: "InvalidTransfer",
    message: expect.stringContaining("give the run a timeout of FAR_MS"),
  });
  expect(await statement(stores.east, Date.now() + DAY)).toEqual([]);

  // It may begin an hour late, and not a millisecond more.
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const late = (id: string, lateMs: number) =>
    resonate.rpc(
      id,
      "transferBetweenBanks",
      { ...order, id, orderedMs: Date.now() },
      resonate.options({ timeout: FAR_MS - lateMs }),
    );
  const hour = 3_600_000;
  expect(await late("t2", hour)).toMatchObject({ status: "committed" });
  await expect(late("t3", hour + 1)).rejects.toThrow("timeout of FAR_MS");
});

test("a run, its steps and its parks have one deadline, ten years away", async () => {
  const stage = await stageOf();
  const { park, end } = await parkOne(stage);
  const { promises } = stage.resonate;
  await decideParked(stage.resonate, stage.stores.parked, decision(park.park));
  await end;
  const { timeoutAt } = await promises.get("t1");
  expect(timeoutAt - Date.now()).toBeGreaterThan(10 * 364 * DAY);
  const steps: number[] = [];
  for (let nth = 0; ; nth += 1) {
    const step = await promises.get(`t1:${nth}`).catch(() => undefined);
    if (!step) break;
    steps.push(step.timeoutAt);
  }
  expect(steps.length).toBeGreaterThan(5);
  for (const each of steps) expect(each).toBe(timeoutAt);
});

test("a transfer that is parked is listed with its account, its cents and what was answered, and one line says so", async () => {
  const stage = await stageOf();
  const { park, end } = await parkOne(stage);
  expect(park).toMatchObject({
    transferId: "t1",
    bank: "east",
    account: "alice",
    amountCents: 50_00,
    key: "t1-reversal",
    reason: "account alice is closed",
    choices: ["retry", "write off"],
  });
  expect(Date.now() - park.sinceMs).toBeLessThan(60_000);
  expect(stage.lines()).toEqual([
    `parked ${park.park}: t1-reversal, 5000 cents: account alice is closed`,
  ]);
  await decideParked(stage.resonate, stage.stores.parked, decision(park.park));
  expect(await end).toMatchObject({ status: "written off", by: "carol" });
  expect(await openParks(stage.stores.parked)).toEqual([]);
});

test("whoever gives up on a debit of a bank that cannot close keys, and reads that it was made, has it reversed", async () => {
  const stage = await stageOf();
  const { stores, links, banks } = stage;
  banks.east.cannotVoid = true;
  links.east.next = Array(short.tries).fill("answer lost");
  const end = stage.run(alicePaysBob("t1", short));
  for (const choice of ["undo", "made"] as const) {
    const { park } = await parkLike(stage, (each) =>
      each.choices.includes(choice),
    );
    await choose(stage, park, choice);
  }
  expect(await end).toMatchObject({ status: "compensated" });
  const west = await statement(stores.west, Date.now() + DAY);
  expect(west).toMatchObject([{ key: "t1-credit", outcome: "refused" }]);

  // Nor does the id credit him when the engine has forgotten it.
  await stage.forgetRuns();
  const again = stage.run(alicePaysBob("t1", short));
  expect(await again).toMatchObject({ status: "compensated" });
  expect(await heldBy(stores)).toBe(200_00);
});

test("a bank whose name nobody knows holds up a transfer until a person says that it made nothing", async () => {
  const stage = await stageOf();
  const { resonate, stores } = stage;
  const order = { ...alicePaysBob("t1", short), targetBank: "wset" };
  const end = stage.run({ ...order, patience: { ...short, tries: 1 } });
  for (const choice of ["undo", "refused"] as const) {
    const park = await parkLike(stage, (each) => each.choices.includes(choice));
    expect(park.reason).toBe("this worker was given no bank wset");
    const said = decision(park.park, { choice });
    await decideParked(resonate, stores.parked, said);
  }
  expect(await end).toMatchObject({ status: "compensated" });
});

test("one transfer that is parked holds up no other", async () => {
  const stage = await stageOf();
  const { end, park } = await parkOne(stage, "poison");
  await reopenAccount(stage.stores.west, "bob");
  const others = Array.from({ length: 100 }, (_, nth) =>
    stage.run({ ...alicePaysBob(`t${nth}`, short), amountCents: 1_00 }),
  );
  const statuses = (await Promise.all(others)).map(({ status }) => status);
  expect(new Set(statuses)).toEqual(new Set(["committed"]));
  const status = await statusOf(stage.resonate, stage.stores.parked, "poison");
  expect(status.status).toBe("parked");
  await decideParked(stage.resonate, stage.stores.parked, decision(park.park));
  await end;
});

test("whoever gives up on a credit closes its key first: what was made counts", async () => {
  const run = await begin({ ends: ["parked, then committed"] });
  const { world } = run;
  world.links.west.always = "answer lost";
  const back = () => {
    world.links.west.always = undefined;
  };
  world.decisions = [["undo", back]];
  await run.work(next(), () => "answered");
  expect(await run.check()).toBe("parked, then committed");
  expect(await held(world)).toBe(200_00);
});

test("whoever gives up on a debit that was made after all has it reversed, and nobody is credited", async () => {
  const run = await begin({ ends: ["parked, then compensated"] });
  const { world } = run;
  world.links.east.always = "answer lost";
  const back = () => {
    world.links.east.always = undefined;
  };
  world.decisions = [["undo", back]];
  await run.work(next(), () => "answered");
  expect(await run.check()).toBe("parked, then compensated");
  expect(run.history.map(({ name }) => name)).not.toContain("make-credit");
});

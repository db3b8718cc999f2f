import { Codec } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  closeAccount,
  entriesOf,
  reopenAccount,
} from "#snippets/transfer/accounts.ts";
import { statement } from "#snippets/transfer/bank/decide.ts";
import { decideParked } from "#snippets/transfer/two-banks/decide-parked.ts";
import type { Decision } from "#snippets/transfer/two-banks/decision.ts";
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

test("a write-off is an entry in the losses of the source's bank, with a name and a reason", async () => {
  const { resonate, stores, ...stage } = await stageOf();
  const { park, end } = await parkOne({ resonate, stores, ...stage });
  await decideParked(resonate, stores.parked, decision(park.park));
  expect(await end).toEqual({
    transferId: "t1",
    status: "written off",
    by: "carol",
    reason: "alice was called",
  });
  expect(await entriesOf(stores.east, "t1")).toMatchObject([
    { account: "alice", amountCents: -50_00, kind: "debit" },
    { account: "losses", amountCents: 50_00, kind: "write-off" },
  ]);
  const rows = await statement(stores.east, Date.now() + DAY);
  expect(rows.at(-1)).toMatchObject({ note: "carol: alice was called" });
});

test("of two decisions on one park the first counts, and whoever made the second is told whose it is", async () => {
  const stage = await stageOf();
  const { park, end } = await parkOne(stage);
  const first = decision(park.park);
  await decideParked(stage.resonate, stage.stores.parked, first);
  await decideParked(stage.resonate, stage.stores.parked, first); // told twice, decided once
  const second = decision(park.park, { by: "dave", choice: "retry" });
  await expect(
    decideParked(stage.resonate, stage.stores.parked, second),
  ).rejects.toThrow(
    /^carol decided before: write off, \d{4}-.*Z: alice was called$/,
  );
  expect(await end).toMatchObject({ status: "written off" });
});

test("what is no decision for a park does not end it: it parks anew, and only that is listed", async () => {
  const stage = await stageOf();
  const { park, end } = await parkOne(stage);
  const { promises } = stage.resonate;
  const parksNext = (before: string) =>
    vi.waitUntil(async () => {
      const all = await openParks(stage.stores.parked);
      return all.length === 1 && all[0]?.park !== before && all[0]?.park;
    });
  await promises.cancel(park.park);
  const second = await parksNext(park.park);
  const { data = "" } = new Codec().encode(
    decision(second, { choice: "undo" }), // is not on offer
  );
  await promises.resolve(second, { data });
  const third = await parksNext(second);
  const sql = "SELECT park, choice FROM decisions";
  expect(stage.stores.parked.prepare(sql).all()).toEqual([
    { park: park.park, choice: "none" },
    { park: second, choice: "none" },
  ]);
  await decideParked(stage.resonate, stage.stores.parked, decision(third));
  expect(await end).toMatchObject({ status: "written off" });
});

test("a decision that is none is refused, and nothing is decided by it", async () => {
  const stage = await stageOf();
  const { resonate, stores } = stage;
  const { park, end } = await parkOne(stage);
  const decide = (change: Partial<Decision>, id = park.park) =>
    decideParked(resonate, stores.parked, decision(id, change));
  await expect(decide({ by: "" })).rejects.toThrow();
  await expect(decide({ reason: "two\nlines" })).rejects.toThrow();
  await expect(decide({ choice: "undo" })).rejects.toThrow(
    `${park.park} takes one of retry, write off`,
  );
  await expect(decide({}, "t1")).rejects.toThrow("nothing is parked as t1");
  expect(await resonate.promises.get(park.park)).toMatchObject({
    state: "pending",
  });
  await decide({});
  expect(await end).toMatchObject({ status: "written off" });
});

test("a wait that somebody rejects, be it with a decision, is not decided", async () => {
  const stage = await stageOf();
  const { park } = await parkOne(stage);
  await stage.resonate.stop(); // nobody parks it anew
  const said = decision(park.park);
  const { data = "" } = new Codec().encode(said);
  await stage.resonate.promises.reject(park.park, { data });
  await expect(
    decideParked(stage.resonate, stage.stores.parked, said),
  ).rejects.toThrow(`nobody waits at ${park.park}`);
});

test("a decision on a transfer whose run was canceled is refused: it would do nothing", async () => {
  const stage = await stageOf();
  const { park, end } = await parkOne(stage);
  end.catch(() => {});
  await stage.resonate.promises.cancel("t1");
  await expect(
    decideParked(stage.resonate, stage.stores.parked, decision(park.park)),
  ).rejects.toThrow("t1 has ended: nobody waits");
});

test("a write-off that is refused is for a person again, and is tried under a new key", async () => {
  const stage = await stageOf();
  const { resonate, stores } = stage;
  const { park, end } = await parkOne(stage);
  await closeAccount(stores.east, "losses");
  await decideParked(resonate, stores.parked, decision(park.park));
  const again = await parkLike(stage, ({ key }) => key === "t1-write-off");
  await reopenAccount(stores.east, "losses");
  await decideParked(resonate, stores.parked, decision(again.park));
  expect(await end).toMatchObject({ status: "written off" });
  const keys = (await statement(stores.east, Date.now() + DAY)).map(
    ({ key, outcome }) => `${key} ${outcome}`,
  );
  expect(keys.slice(-2)).toEqual([
    "t1-write-off refused",
    "t1-write-off-2 made",
  ]);
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

test("the engine by itself calls a second decision a success, and keeps the first in silence", async () => {
  const stage = await stageOf();
  const { park, end } = await parkOne(stage);
  const { promises } = stage.resonate;
  const [first, second] = ["carol", "dave"].map((by) =>
    new Codec().encode(decision(park.park, { by })),
  );
  await promises.resolve(park.park, { data: first?.data ?? "" });
  const { state } = await promises.resolve(park.park, {
    data: second?.data ?? "",
  });
  expect(state).toBe("resolved");
  expect(await end).toMatchObject({ by: "carol" });
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

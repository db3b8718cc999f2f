import { Codec } from "@resonatehq/sdk";
import { expect, test, vi } from "vitest";
import {
  closeAccount,
  entriesOf,
  reopenAccount,
} from "#snippets/transfer/accounts.ts";
import { statement } from "#snippets/transfer/bank/decide.ts";
import { decideParked } from "#snippets/transfer/two-banks/decide-parked.ts";
import type { Decision } from "#snippets/transfer/two-banks/decision.ts";
import { openParks } from "#snippets/transfer/two-banks/parked-list.ts";
import {
  DAY,
  decision,
  parkLike,
  parkOne,
  stageOf,
} from "../support/bank-stage.ts";
import { afterStop } from "../support/place.ts";

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

test("a wait that somebody rejects, be it with a decision, is not decided", async ({
  skip,
}) => {
  skip(...afterStop);
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

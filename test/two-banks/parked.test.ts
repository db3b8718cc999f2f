import { Codec, Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import {
  closeAccount,
  entriesOf,
  reopenAccount,
} from "#snippets/transfer/accounts.ts";
import { statement } from "#snippets/transfer/bank/decide.ts";
import {
  type BankOrder,
  checkBankOrder,
} from "#snippets/transfer/two-banks/bank-order.ts";
import { decideParked } from "#snippets/transfer/two-banks/decide-parked.ts";
import type { Decision } from "#snippets/transfer/two-banks/decision.ts";
import { orderTransfer } from "#snippets/transfer/two-banks/order-transfer.ts";
import {
  openParks,
  openTransfers,
} from "#snippets/transfer/two-banks/parked-list.ts";
import { transferBetweenBanks } from "#snippets/transfer/two-banks/saga.ts";
import { FAR_MS } from "#snippets/transfer/two-banks/settle.ts";
import { statusOf } from "#snippets/transfer/two-banks/status-of.ts";
import { alicePaysBob, short } from "#snippets/two-banks/alice-pays-bob.ts";
import {
  closeAlice,
  closeBob,
  reopenAlice,
} from "#snippets/two-banks/events.ts";
import { openStage, type Stage } from "#snippets/two-banks/stage.ts";
import { heldBy } from "#snippets/two-banks/tell.ts";
import { begin, held, next } from "../support/two-banks.ts";

const DAY = 24 * 3_600_000;

async function stageOf(saga = transferBetweenBanks) {
  const alert = vi.spyOn(console, "log").mockImplementation(() => {});
  const stage = await openStage(saga);
  onTestFinished(async () => {
    await stage.stop();
    alert.mockRestore();
  });
  const lines = () => alert.mock.calls.map(([line]) => `${line}`);
  return Object.assign(stage, { lines });
}

/** Both accounts are closed: the credit is refused, and its reversal. */
async function parkOne(stage: Stage, id = "t1") {
  await closeAccount(stage.stores.west, "bob");
  await closeAccount(stage.stores.east, "alice");
  const end = stage.run(alicePaysBob(id, short));
  const park = await vi.waitUntil(async () => {
    const parks = await openParks(stage.stores.parked);
    return parks.find((each) => each.transferId === id);
  });
  return { end, park };
}

const decision = (park: string, change: Partial<Decision> = {}): Decision => ({
  id: crypto.randomUUID(),
  park,
  choice: "write off",
  by: "carol",
  reason: "alice was called",
  atMs: Date.now(),
  ...change,
});

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
    choices: "retry, write off",
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
  const again = await vi.waitUntil(async () => {
    const [next] = await openParks(stores.parked);
    return next?.key === "t1-write-off" && next;
  });
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
  const { resonate, stores, links, banks } = stage;
  banks.east.cannotVoid = true;
  links.east.next = Array(short.tries).fill("answer lost");
  const end = stage.run(alicePaysBob("t1", short));
  for (const choice of ["undo", "made"] as const) {
    const park = await vi.waitUntil(async () => {
      const [next] = await openParks(stores.parked);
      return next?.choices.includes(choice) && next.park;
    }, 20_000);
    await decideParked(resonate, stores.parked, decision(park, { choice }));
    await vi.waitUntil(
      async () =>
        !(await openParks(stores.parked)).some((each) => each.park === park),
    );
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

test("an order that is made again when engine and bank have forgotten it is not credited again: its time is the first one's", async () => {
  const stage = await stageOf();
  const { stores, banks } = stage;
  const orderedMs = Date.now() - 3_600_000;
  const order = { ...alicePaysBob("t1", short), orderedMs };
  await stage.run(order);
  await stage.forgetRuns();
  banks.west.keepsAnswersMs = 60_000;
  const again = stage.run(order);
  const park = await vi.waitUntil(async () => {
    const [next] = await openParks(stores.parked);
    return next;
  });
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
    const again = await vi.waitUntil(async () => {
      const [next] = await openParks(stores.parked);
      return next && !reasons.includes(next.park) && next;
    });
    reasons.push(again.park, again.reason);
    if (nth === 2) break;
    const retry = decision(again.park, { choice: "retry" });
    await decideParked(stage.resonate, stores.parked, retry);
  }
  expect(reasons[0]).toBe(park.park);
  expect(reasons[3]).toBe("nothing of t1 is there to undo");
  expect(await heldBy(stores)).toBe(200_00);
});

test("a bank whose name nobody knows holds up a transfer until a person says that it made nothing", async () => {
  const stage = await stageOf();
  const { resonate, stores } = stage;
  const order = { ...alicePaysBob("t1", short), targetBank: "wset" };
  const end = stage.run({ ...order, patience: { ...short, tries: 1 } });
  for (const choice of ["undo", "refused"] as const) {
    const park = await vi.waitUntil(async () => {
      const [next] = await openParks(stores.parked);
      return next?.choices.includes(choice) && next;
    });
    expect(park.reason).toBe("this worker was given no bank wset");
    const said = decision(park.park, { choice });
    await decideParked(resonate, stores.parked, said);
  }
  expect(await end).toMatchObject({ status: "compensated" });
});

test("a run that somebody rejects by hand is lost, and its debit is listed", async () => {
  const stage = await stageOf();
  const { park, end } = await parkOne(stage);
  end.catch(() => {});
  await stage.resonate.promises.reject("t1");
  expect(
    await statusOf(stage.resonate, stage.stores.parked, "t1"),
  ).toMatchObject({ status: "lost" });
  const open = await openTransfers(Object.values(stage.banks), Date.now());
  expect(open).toMatchObject([{ transferId: "t1", cents: 50_00 }]);
  await expect(
    decideParked(stage.resonate, stage.stores.parked, decision(park.park)),
  ).rejects.toThrow("t1 has ended");
});

test("a transfer that was credited twice, or credited and reversed, is listed as well", async () => {
  const stage = await stageOf();
  const { stores, banks } = stage;
  await stage.run(alicePaysBob("t1", short));
  const flaw =
    "INSERT INTO answers (key, transfer_id, account, amount_cents, kind) VALUES (?, 't1', ?, 5000, ?)";
  stores.west.prepare(flaw).run("t1-credit-2", "bob", "credit");
  const all = Object.values(banks);
  expect(await openTransfers(all, Date.now() + 1_000)).toMatchObject([
    { transferId: "t1", cents: -50_00 },
  ]);
  expect(await heldBy(stores)).toBe(250_00);
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

test("at any time it can be asked how a transfer stands, and where its cents are", async () => {
  const stage = await stageOf();
  const { resonate, stores, links } = stage;
  const status = async (id: string) => {
    const { status, where } = await statusOf(resonate, stores.parked, id);
    return `${status}: ${where}`;
  };
  await stage.run(alicePaysBob("t1", short));
  expect(await status("t1")).toBe("committed: bob at west");
  await stage.run({ ...alicePaysBob("t2", short), amountCents: 999_00 });
  expect(await status("t2")).toBe("refused: alice at east");

  const asked = Promise.withResolvers<void>();
  links.west.always = "503";
  links.west.pass = async () => {
    asked.resolve();
    return new Promise(() => {}); // slower than anybody waits
  };
  const far = resonate.options({ timeout: FAR_MS });
  const order = alicePaysBob("t3", short);
  const name = "transferBetweenBanks";
  await resonate.beginRpc("t3", name, order, far);
  await asked.promise;
  expect(await status("t3")).toBe("running: on its way: do not pay again");
  await resonate.promises.cancel("t3");
  expect(await status("t3")).toBe("lost: see the list of open transfers");
  await expect(status("t9")).rejects.toThrow();
});

test("whoever orders a transfer is told within the time that was said how it stands, and is told again under the same id", async () => {
  const { resonate, stores, links } = await stageOf();
  const order = alicePaysBob("t1", short);
  const ask = (waitMs: number, change: Partial<typeof order> = {}) =>
    orderTransfer(resonate, stores.parked, { ...order, ...change }, waitMs);
  links.west.always = "request lost";
  expect(await ask(1)).toMatchObject({
    status: "running",
    where: "on its way: do not pay again",
  });
  links.west.always = undefined;
  const later = { orderedMs: order.orderedMs + 1 };
  expect(await ask(30_000, later)).toMatchObject({
    status: "committed",
    where: "bob at west",
  });
  await expect(ask(1, { amountCents: 1 })).rejects.toMatchObject({
    name: "InvalidTransfer",
    message:
      "t1 was ordered before: 5000 cents from alice at east to bob at west",
  });
  await expect(ask(1, { id: "t2", amountCents: 0 })).rejects.toMatchObject({
    name: "InvalidTransfer",
  });
  await expect(resonate.promises.get("t2")).rejects.toThrow();
});

test("a parked transfer is parked for whoever asks, and then compensated or written off", async () => {
  const stage = await stageOf();
  const { park, end } = await parkOne(stage);
  const status = () => statusOf(stage.resonate, stage.stores.parked, "t1");
  expect(await status()).toEqual({
    transferId: "t1",
    status: "parked",
    amountCents: 50_00,
    where: "t1-reversal: account alice is closed",
  });
  await reopenAccount(stage.stores.east, "alice");
  await decideParked(
    stage.resonate,
    stage.stores.parked,
    decision(park.park, { choice: "retry" }),
  );
  await end;
  expect(await status()).toMatchObject({
    status: "compensated",
    where: "alice at east",
  });
});

test("a debit that nothing has followed is listed, though its run was canceled and no engine knows it any more", async () => {
  const stage = await stageOf();
  const { stores, banks, links } = stage;
  await stage.run(alicePaysBob("t1", short));
  await stage.run({ ...alicePaysBob("t0", short), amountCents: 999_00 });
  const canceled = new Resonate({ logger: silence });
  onTestFinished(() => canceled.stop());
  canceled.setDependency("banks", banks);
  canceled.setDependency("parked", stores.parked);
  canceled.register("transferBetweenBanks", transferBetweenBanks);
  const debited = Promise.withResolvers<void>();
  links.west.pass = async () => {
    debited.resolve();
    return new Promise(() => {});
  };
  const far = canceled.options({ timeout: FAR_MS });
  const order = alicePaysBob("t2", short);
  const name = "transferBetweenBanks";
  await canceled.beginRpc("t2", name, order, far);
  await debited.promise;
  await canceled.promises.cancel("t2");

  Reflect.deleteProperty(links.west, "pass");
  const all = Object.values(banks);
  expect(await openTransfers(all, Date.now() + 1_000)).toMatchObject([
    { transferId: "t2", cents: 50_00 },
  ]);
  expect(await openTransfers(all, Date.now() - DAY)).toEqual([]);
  links.west.next = ["503"];
  await expect(openTransfers(all, Date.now())).rejects.toThrow();
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

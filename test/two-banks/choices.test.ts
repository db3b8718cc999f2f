import { Codec, Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { closeAccount } from "#snippets/transfer/accounts.ts";
import { decide, statement } from "#snippets/transfer/bank/decide.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { operationsFor } from "#snippets/transfer/two-banks/bank-order.ts";
import { decideParked } from "#snippets/transfer/two-banks/decide-parked.ts";
import { orderTransfer } from "#snippets/transfer/two-banks/order-transfer.ts";
import { openParks } from "#snippets/transfer/two-banks/parked-list.ts";
import { startWorker } from "#snippets/transfer/two-banks/start-worker.ts";
import { alicePaysBob } from "#snippets/two-banks/alice-pays-bob.ts";
import type { Stage } from "#snippets/two-banks/stage.ts";
import { choose, decision, parkLike, stageOf } from "../support/bank-stage.ts";
import { client } from "../support/client.ts";
import { afterStop } from "../support/place.ts";

const once = { tries: 1, firstPauseMs: 1, longestPauseMs: 1 };
const order = alicePaysBob("t1", once);

const parkOf = (stage: Stage, wanted: string) =>
  parkLike(stage, ({ key }) => key === wanted);

/** East is away as soon as west is asked. */
function eastGoesAway({ links }: Stage) {
  const { pass } = links.west;
  links.west.pass = (...asked) => {
    links.east.always = "503";
    return pass.apply(links.west, asked);
  };
}

test("a debit or a credit that is not known can be tried again or given up", async () => {
  for (const [bank, key] of [
    ["east", "t1-debit"],
    ["west", "t1-credit"],
  ] as const) {
    const stage = await stageOf();
    stage.links[bank].always = "503";
    const end = stage.run(order);
    const park = await parkOf(stage, key);
    expect(park.choices).toEqual(["retry", "undo"]);
    expect(park.reason).toBe("503, and no yes or no");
    stage.links[bank].always = undefined;
    await choose(stage, park.park, "retry");
    expect(await end).toMatchObject({ status: "committed" });
  }
});

test("a reversal that is not known can be tried again or written off, and a write-off only tried again", async () => {
  const stage = await stageOf();
  await closeAccount(stage.stores.west, "bob");
  eastGoesAway(stage);
  const end = stage.run(order);
  const reversal = await parkOf(stage, "t1-reversal");
  expect(reversal.choices).toEqual(["retry", "write off"]);
  stage.links.east.next = [];
  stage.links.east.always = undefined;
  await closeAccount(stage.stores.east, "alice");
  await choose(stage, reversal.park, "retry"); // and is refused now
  const refused = await parkOf(stage, "t1-reversal");
  expect(refused.choices).toEqual(["retry", "write off"]);
  stage.links.east.always = "503";
  await choose(stage, refused.park, "write off");
  const loss = await parkOf(stage, "t1-write-off");
  expect(loss.choices).toEqual(["retry"]);
  stage.links.east.always = undefined;
  await choose(stage, loss.park, "retry");
  expect(await end).toMatchObject({ status: "written off" });
});

test("who gives up and then has the bank asked again has not given up: the transfer goes on", async () => {
  const stage = await stageOf();
  stage.links.east.always = "503";
  const end = stage.run(order);
  const first = await parkOf(stage, "t1-debit");
  await choose(stage, first.park, "undo");
  const second = await parkOf(stage, "t1-debit");
  expect(second.choices).toEqual(["retry", "undo", "made", "refused"]);
  stage.links.east.always = undefined;
  await choose(stage, second.park, "retry");
  expect(await end).toMatchObject({ status: "committed" });
});

test("an answer that is unclear can be asked for again, or be what the statement says", async () => {
  const stage = await stageOf();
  const { operation } = operationsFor(order).credit;
  await decide(stage.stores.west, { ...operation, amountCents: 1 });
  const end = stage.run(order);
  const park = await parkOf(stage, "t1-credit");
  expect(park).toMatchObject({
    choices: ["retry", "made", "refused"],
    reason: "422: the key has another body",
  });
  await choose(stage, park.park, "retry"); // which gives the same
  const again = await parkOf(stage, "t1-credit");
  expect(again.choices).toEqual(["retry", "made", "refused"]);
  await choose(stage, again.park, "refused");
  expect(await end).toEqual({
    transferId: "t1",
    status: "compensated",
    reason: "carol: alice was called",
  });
});

test("a decision that names another park decides nothing here", async () => {
  const stage = await stageOf();
  stage.links.west.always = "503";
  const end = stage.run(order);
  const { park } = await parkOf(stage, "t1-credit");
  const other = decision("t1:99", { choice: "undo" });
  const { data = "" } = new Codec().encode(other);
  await stage.resonate.promises.resolve(park, { data });
  const next = await parkLike(stage, (each) => each.park !== park);
  expect(next.choices).toEqual(["retry", "undo"]); // no key was closed
  stage.links.west.always = undefined;
  await choose(stage, next.park, "retry");
  expect(await end).toMatchObject({ status: "committed" });
});

test("a run with another id than its transfer, or an order that is none, moves nothing", async () => {
  const stage = await stageOf();
  const { resonate, stores } = stage;
  const far = resonate.options({ timeout: 10 * 365 * 24 * 3_600_000 });
  const run = (id: string, each: object) =>
    resonate.run(id, "transferBetweenBanks", each, far);
  await expect(run("t2", order)).rejects.toThrow(
    "the run must have the transfer's id",
  );
  const none = { ...order, id: "t3", amountCents: -1 };
  await expect(run("t3", none)).rejects.toMatchObject({
    name: "InvalidTransfer",
  });
  expect(await statement(stores.east, Date.now() + 1_000)).toEqual([]);
});

test("a worker that startWorker makes has its tables, makes transfers, and says on stderr what it parks", async () => {
  const { banks, links } = await stageOf();
  const errors = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => errors.mockRestore());
  const resonate = new Resonate({ logger: silence });
  onTestFinished(() => resonate.stop());
  const parked = openLedger();
  await startWorker(resonate, banks, parked);
  const ask = () => orderTransfer(resonate, parked, order, 5_000);
  links.west.always = "503";
  const late = orderTransfer(resonate, parked, order, 1);
  expect((await late).status).toMatch(/running|parked/);
  await vi.waitUntil(() => errors.mock.calls.length);
  expect(errors.mock.calls).toEqual([
    [expect.stringMatching(/^parked t1:\d+: t1-credit, 5000 cents: 503/)],
  ]);
  const [park] = await openParks(parked);
  links.west.always = undefined;
  const retry = decision(park?.park ?? "", { choice: "retry" });
  await decideParked(resonate, parked, retry);
  expect(await ask()).toMatchObject({ status: "committed" });
});

test("a worker of a server makes what is ordered there, as a client that has no saga does", async () => {
  const { banks } = await stageOf();
  const { url, stop } = await startDevServer();
  onTestFinished(stop);
  const parked = openLedger();
  await startWorker(client(url), banks, parked);
  const ordered = orderTransfer(client(url), parked, order, 20_000);
  expect(await ordered).toMatchObject({ status: "committed" });
});

test("a worker without a list of what is parked says so, and goes on when it has one", async () => {
  const { banks, links } = await stageOf();
  links.west.always = "503";
  const warn = vi.fn();
  const resonate = new Resonate({ logger: { ...silence, warn } });
  onTestFinished(() => resonate.stop());
  const parked = openLedger();
  await startWorker(resonate, banks, parked, () => {});
  resonate.setDependency("parked", undefined);
  await orderTransfer(resonate, parked, order, 1);
  await vi.waitUntil(() => warn.mock.calls.length > 0, 20_000);
  expect(JSON.stringify(warn.mock.calls)).toContain("notePark");
  expect(`${warn.mock.calls}`).toContain("no list of parked");
  resonate.setDependency("parked", parked);
  await vi.waitUntil(async () => (await openParks(parked)).length, 20_000);
});

test("an alert that fails is called again until it does not", async () => {
  const { banks, links } = await stageOf();
  links.west.always = "503";
  const resonate = new Resonate({ logger: silence });
  onTestFinished(() => resonate.stop());
  const parked = openLedger();
  const alert = vi.fn().mockRejectedValueOnce(new Error("nobody listens"));
  await startWorker(resonate, banks, parked, alert);
  await orderTransfer(resonate, parked, order, 1);
  await vi.waitUntil(() => alert.mock.calls.length === 2, 20_000);
  expect(alert.mock.calls[1]).toEqual(alert.mock.calls[0]);
  expect(await openParks(parked)).toHaveLength(1);
});

test("a decision on a wait that somebody has canceled is refused", async ({
  skip,
}) => {
  skip(...afterStop);
  const stage = await stageOf();
  stage.links.west.always = "503";
  stage.run(order).catch(() => {});
  const { park } = await parkOf(stage, "t1-credit");
  await stage.resonate.stop(); // nobody parks it anew
  await stage.resonate.promises.cancel(park);
  const retry = decision(park, { choice: "retry" });
  await expect(
    decideParked(stage.resonate, stage.stores.parked, retry),
  ).rejects.toThrow(`nobody waits at ${park}`);
});

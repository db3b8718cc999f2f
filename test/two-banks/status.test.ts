import { Codec, Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { reopenAccount } from "#snippets/transfer/accounts.ts";
import { statement } from "#snippets/transfer/bank/decide.ts";
import { decideParked } from "#snippets/transfer/two-banks/decide-parked.ts";
import { orderTransfer } from "#snippets/transfer/two-banks/order-transfer.ts";
import { openTransfers } from "#snippets/transfer/two-banks/parked-list.ts";
import { transferBetweenBanks } from "#snippets/transfer/two-banks/saga.ts";
import { FAR_MS } from "#snippets/transfer/two-banks/settle.ts";
import { statusOf } from "#snippets/transfer/two-banks/status-of.ts";
import { alicePaysBob, short } from "#snippets/two-banks/alice-pays-bob.ts";
import {
  DAY,
  decision,
  heldBy,
  parkOne,
  stageOf,
} from "../support/bank-stage.ts";

test("a run that somebody rejects by hand is lost, and its debit is listed", async () => {
  const stage = await stageOf();
  const { park, end } = await parkOne(stage);
  end.catch(() => {});
  const { data = "" } = new Codec().encode(new Error("by hand"));
  await stage.resonate.promises.reject("t1", { data });
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
  const [open] = await openTransfers(all, Date.now() + 1_000);
  expect(open).toMatchObject({ transferId: "t1", cents: -50_00 });
  expect(await heldBy(stores)).toBe(250_00);

  // Since the first of its entries, and up to that very millisecond.
  const [debit] = await statement(stores.east, Date.now());
  expect(open?.sinceMs).toBe(debit?.atMs);
  const sinceMs = open?.sinceMs ?? 0;
  expect(await openTransfers(all, sinceMs)).toEqual([open]);
  expect(await openTransfers(all, sinceMs - 1)).toEqual([]);
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
  const other = await parkOne(stage, "t0");
  const { park, end } = await parkOne(stage);
  const status = (id = "t1") =>
    statusOf(stage.resonate, stage.stores.parked, id);
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
  const off = decision(other.park.park);
  await decideParked(stage.resonate, stage.stores.parked, off);
  await other.end;
  expect(await status("t0")).toMatchObject({
    status: "written off",
    where: "losses at east",
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
  banks.west.fetch = slowBank;
  banks.west.timeLimitMs = 10;
  await expect(openTransfers(all, Date.now())).rejects.toThrow("timeout");
});

/** A bank that answers only when nobody waits any more. */
const slowBank = ({ signal }: Request) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });

test("of an order that the saga itself refused, whoever asks is told why", async () => {
  const { resonate, stores } = await stageOf();
  const order = alicePaysBob("t1", short);
  await resonate.rpc("t1", "transferBetweenBanks", order).catch(() => {});
  await expect(statusOf(resonate, stores.parked, "t1")).rejects.toMatchObject({
    name: "InvalidTransfer",
    message: expect.stringContaining("give the run a timeout of FAR_MS"),
  });
});

test("whoever has an answer leaves no timer behind", async () => {
  const { resonate, stores } = await stageOf();
  const begun = vi.spyOn(globalThis, "setTimeout");
  const ended = vi.spyOn(globalThis, "clearTimeout");
  onTestFinished(() => void vi.restoreAllMocks());
  const order = alicePaysBob("t1", short);
  await orderTransfer(resonate, stores.parked, order, 12_345);
  const nth = begun.mock.calls.findIndex(([, ms]) => ms === 12_345);
  expect(ended).toHaveBeenCalledWith(begun.mock.results[nth]?.value);
});

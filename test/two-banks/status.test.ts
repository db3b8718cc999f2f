import { Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { reopenAccount } from "#snippets/transfer/accounts.ts";
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

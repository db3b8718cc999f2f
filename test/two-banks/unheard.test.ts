import { Codec } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Engine } from "#snippets/crash/scenario.ts";
import { reopenAccount } from "#snippets/transfer/accounts.ts";
import { answerRequest } from "#snippets/transfer/bank/answer-request.ts";
import { decideParked } from "#snippets/transfer/two-banks/decide-parked.ts";
import {
  openParks,
  openTransfers,
} from "#snippets/transfer/two-banks/parked-list.ts";
import { alicePaysBob, short } from "#snippets/two-banks/alice-pays-bob.ts";
import { closeAlice, closeBob } from "#snippets/two-banks/events.ts";
import { payInTurn } from "#snippets/two-banks/flawed/in-turn.ts";
import { scenario as silent } from "#snippets/two-banks/flawed/silent.ts";
import { decision, parkOne, stageOf } from "../support/bank-stage.ts";
import { begin, held, next } from "../support/two-banks.ts";

test("a saga that waits for a person in silence is on no list, and a decision that comes a day later is taken, and ends it with nothing", async () => {
  const run = await begin(undefined, silent);
  const { world, server } = run;
  await closeBob(world);
  await closeAlice(world);
  const asked = Promise.withResolvers<Engine>();
  world.atRest = async (engine) => asked.resolve(engine);
  await run.work(next(silent), () => "answered", asked.promise);
  expect(await openParks(world.stores.parked)).toEqual([]);

  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  vi.setSystemTime(Date.now() + 25 * 3_600_000);
  await server.tick(Date.now());
  const { promises } = await asked.promise;
  const { data = "" } = new Codec().encode("retry");
  const { state } = await promises.resolve("t1:3", { data });
  expect(state).toBe("rejected_timedout"); // and no error
  await run.work(next(silent), () => "answered");
  await expect(run.end).rejects.toBeUndefined();
  expect(await openParks(world.stores.parked)).toEqual([]);
  expect(await held(world)).toBe(150_00);

  const bank = (name: "east" | "west") => ({
    url: `http://${name}`,
    timeLimitMs: 10_000,
    fetch: (request: Request) => answerRequest(world.stores[name], request),
  });
  const banks = [bank("east"), bank("west")];
  expect(await openTransfers(banks, Date.now())).toMatchObject([
    { transferId: "t1", cents: 50_00 },
  ]);
});

test("transfers that are ordered one after the other wait behind one that is parked", async () => {
  const stage = await stageOf();
  const { resonate, stores } = stage;
  const { park, end } = await parkOne(stage, "poison");
  await reopenAccount(stores.west, "bob");
  const paid: string[] = [];
  const orders = ["poison", "t1", "t2"].map((id) => alicePaysBob(id, short));
  const all = payInTurn(orders, async (order) => {
    const result = order.id === "poison" ? await end : await stage.run(order);
    paid.push(`${order.id} ${result.status}`);
    return result;
  });
  await stage.run(alicePaysBob("t9", short)); // by itself, it passes
  expect(paid).toEqual([]);
  await expect(resonate.promises.get("t1")).rejects.toThrow();
  await decideParked(resonate, stores.parked, decision(park.park));
  await all;
  expect(paid).toEqual(["poison written off", "t1 committed", "t2 committed"]);
});

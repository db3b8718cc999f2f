import { Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { watch } from "#snippets/crash/watch.ts";
import type { Saga } from "#snippets/crash-matrix/transfer-world.ts";
import { closeBob } from "#snippets/support/bank.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { transferAskingAgain } from "#snippets/transfer/ask-again.ts";
import type { LedgerDb } from "#snippets/transfer/ledger.ts";
import { transferMoney } from "#snippets/transfer/transfer-money.ts";
import { openBank, order, orderFor, startEngine } from "../support/bank.ts";

/** The ledger, of which the first write of a credit loses its answer. */
function losing(db: LedgerDb): LedgerDb {
  let lost = false;
  return watch(db, async (proceed, values) => {
    const answer = await proceed();
    if (lost || !values.includes("credit")) return answer;
    lost = true;
    throw new Error("the answer is lost");
  });
}

/** The ledger, locked when a credit is written to it for the first time. */
function lockedOnce(db: LedgerDb): LedgerDb {
  let locked = true;
  return watch(db, (proceed, values) => {
    if (!locked || !values.includes("credit")) return proceed();
    locked = false;
    throw new Error("database is locked");
  });
}

/**
 * A worker makes the credit and is left before it can say so. The ones after
 * it have these ledgers, or none; each of them but the last is left, too.
 */
async function handOver(
  saga: Saga,
  db: LedgerDb,
  ledgers: (LedgerDb | undefined)[],
) {
  const { url, stop } = await startDevServer();
  onTestFinished(stop);
  const client = new Resonate({ url, group: "client" });
  onTestFinished(() => client.stop());
  const toWorkers = client.options({ target: "workers" });
  const end = client.rpc<{ status: string }>(
    order.id,
    "saga",
    await orderFor(db),
    toWorkers,
  );
  async function work(ledger: LedgerDb | undefined) {
    const ttl = 500;
    const worker = new Resonate({
      url,
      group: "workers",
      ttl,
      logger: silence,
    });
    onTestFinished(() => worker.stop());
    if (ledger) worker.setDependency("db", ledger);
    worker.register("saga", saga);
    return worker;
  }
  const credited = Promise.withResolvers<void>();
  const first = await work(
    watch(db, async (proceed, values) => {
      const answer = await proceed();
      if (!values.includes("credit")) return answer;
      credited.resolve();
      return new Promise(() => {}); // nobody hears of it
    }),
  );
  await credited.promise;
  await first.stop();
  for (const [n, ledger] of ledgers.entries()) {
    const worker = await work(ledger);
    if (n === ledgers.length - 1) break;
    const version = () => versionOf(client);
    const before = await version();
    await vi.waitFor(async () => expect(await version()).toBe(before + 1), {
      timeout: 10_000,
    });
    await worker.stop();
  }
  return (await end).status;
}

/** How often the server has given the transfer to a worker. */
async function versionOf(client: Resonate): Promise<number> {
  const { network } = client as unknown as {
    network: { send(request: unknown): Promise<{ data: unknown }> };
  };
  const head = { corrId: "look", version: "" };
  const get = { kind: "task.get", head, data: { id: order.id } };
  const { data } = await network.send(get);
  return (data as { task: { version: number } }).task.version;
}

test("a worker whose ledger is locked once reverses a credit that the one before it made: money is created", async () => {
  const { db, kinds } = await openBank({ createdCents: 50_00 });
  expect(await handOver(transferMoney, db, [lockedOnce(db)])).toBe(
    "compensated",
  );
  expect(await kinds()).toEqual(["debit", "credit", "reversal"]);
});

test("a worker that is deployed without its ledger has a credit reversed that the one before it made, as soon as one with a ledger is there: money is created", async () => {
  const { db, kinds } = await openBank({ createdCents: 50_00 });
  expect(await handOver(transferMoney, db, [undefined, db])).toBe(
    "compensated",
  );
  expect(await kinds()).toEqual(["debit", "credit", "reversal"]);
});

test("if only a clear no is compensated, and all else is tried again, a lost answer, a locked ledger and a worker without one end committed", async () => {
  const { db, held, kinds } = await openBank();
  const saga = transferAskingAgain;
  expect(await handOver(saga, db, [lockedOnce(db)])).toBe("committed");
  expect(await kinds()).toEqual(["debit", "credit"]);
  expect(await held()).toEqual({ alice: 150_00, bob: 50_00 });

  const other = await openBank();
  expect(await handOver(saga, other.db, [undefined, other.db])).toBe(
    "committed",
  );
  expect(await other.kinds()).toEqual(["debit", "credit"]);

  const third = await openBank();
  const { resonate } = startEngine(losing(third.db));
  const asking = resonate.register("asking", saga);
  const asked = await orderFor(third.db);
  expect(await asking.run("t1", asked)).toEqual({ status: "committed" });
  expect(await third.kinds()).toEqual(["debit", "credit"]);
});

test("if only a clear no is compensated, a target that rejects is compensated at once", async () => {
  const { db, kinds } = await openBank();
  const { resonate } = startEngine(db);
  const asking = resonate.register("asking", transferAskingAgain);
  await closeBob(db, true);
  const asked = await orderFor(db);
  expect(await asking.run("t1", asked)).toEqual({ status: "compensated" });
  expect(await kinds()).toEqual(["debit", "reversal"]);
});

test("if only a clear no is compensated, a credit whose answer never comes is not reversed when the deadline is near", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const { db, kinds } = await openBank();
  const silent = watch(db, async (proceed, values) => {
    const answer = await proceed();
    if (values.includes("credit")) throw new Error("the answer is lost");
    return answer;
  });
  const { resonate } = startEngine(silent);
  const asking = resonate.register("asking", transferAskingAgain);
  const asked = await orderFor(db);
  const within = resonate.options({ timeout: 10_000 });
  const end = asking.run("t1", asked, within).catch(String);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await end).toBe("Error: the answer is lost");
  expect(await kinds()).toEqual(["debit", "credit"]);
});

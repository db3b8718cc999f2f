import { setTimeout } from "node:timers/promises";
import { type Network, Resonate } from "@resonatehq/sdk";
import { afterEach, expect, test, vi } from "vitest";
import type { Asked } from "#snippets/crash/wire.ts";
import { startClient } from "#snippets/crash-matrix/client.ts";
import { Host } from "#snippets/crash-matrix/host.ts";
import { nameOf } from "#snippets/crash-matrix/matrix.ts";
import { askForTransfer } from "#snippets/crash-matrix/one-transfer.ts";
import { runSchedule } from "#snippets/crash-matrix/schedule.ts";
import type { Saga } from "#snippets/crash-matrix/start-worker.ts";
import { openBank } from "#snippets/support/open-bank.ts";
import { entriesFor } from "#snippets/transfer/entries-for.ts";
import { applyEntry } from "#snippets/transfer/ledger.ts";

afterEach(() => void vi.restoreAllMocks());

/** What the target says is not asked: it commits each time. */
const deaf: Saga = function* (ctx, order) {
  const { debit, credit } = entriesFor(order);
  yield* ctx.run(applyEntry, debit);
  yield* ctx.run(applyEntry, credit); // also to a closed account
  return { status: "committed" };
};

test("a transfer that does not end as the target says is an error, if the target does not change its mind", async () => {
  const stop = vi.spyOn(Resonate.prototype, "stop");
  const next = () => startClient(deaf);
  const place = { openBank, next };
  const error = await runSchedule(place, [true, true], []).catch((it) => it);
  expect(error).toMatchObject({
    message: "it should be compensated: []",
    cause: { message: "it should be compensated" },
  });
  expect(stop).toHaveBeenCalledTimes(2); // a worker, and a client
  expect(await runSchedule(place, [true, false], [])).toMatchObject({
    end: "committed",
  });
});

test("a transfer that does not end within 20 seconds is an error", async () => {
  const passed = new AbortController();
  const wait = vi.spyOn(AbortSignal, "timeout");
  wait.mockReturnValue(passed.signal);
  const { end, close } = await askForTransfer(openBank);
  expect(wait.mock.calls).toEqual([[20_000]]);
  passed.abort();
  await expect(end).rejects.toThrow("it does not end");
  await close();
});

test("nobody's program goes on for the sake of a transfer that is closed", async () => {
  const count = () =>
    process.getActiveResourcesInfo().filter((it) => it === "Timeout").length;
  await setTimeout(0); // after those of other tests
  const before = count();
  const { host, end, close } = await askForTransfer(openBank);
  await host.work(startClient(), end, () => "answered");
  await close();
  await vi.waitUntil(() => count() <= before);
});

test("a run that later has another answer is an error", async () => {
  const lie = (word: string) =>
    Buffer.from(JSON.stringify({ status: word })).toString("base64");
  let ended = false;
  const network = Object.getOwnPropertyDescriptor(Host.prototype, "network");
  vi.spyOn(Host.prototype, "network", "get").mockImplementation(function (
    this: Host,
  ) {
    const real: Network = network?.get?.call(this);
    const send: Network["send"] = async (request) => {
      const response = await real.send(request);
      const { promise } = response.data as {
        promise?: { state: string; value: { data: string } };
      };
      if (ended && promise?.state === "resolved")
        promise.value.data = lie("compensated");
      return response;
    };
    return { ...real, send };
  });
  const { host, end, check, close } = await askForTransfer(openBank);
  await host.work(startClient(), end, () => "answered");
  expect(await check()).toBe("committed");
  ended = true;
  await expect(check()).rejects.toThrow(
    "it committed, and later was compensated",
  );
  await close();
});

test("a client that is left asks nothing more", async () => {
  const id = "t1";
  const message = {
    kind: "execute" as const,
    head: {},
    data: { task: { id, version: 1 } },
  };
  const left = startClient();
  const other = startClient();
  const asked = { byLeft: [] as string[], byOther: [] as string[] };
  const note = (names: string[]) => (asked: Asked) =>
    void names.push(nameOf(asked.question));
  left.onQuestion(note(asked.byLeft));
  other.onQuestion(note(asked.byOther));
  await left.terminate();
  left.tell({ message });
  other.tell({ message });
  await vi.waitUntil(() => asked.byOther.length > 0);
  await other.terminate();
  expect(asked).toEqual({ byLeft: [], byOther: ["take the transfer"] });
});

test("what a worker asks has a name, unless it has nothing to do with a transfer", () => {
  const head = { corrId: "", version: "" };
  const request = { kind: "promise.get" as const, head, data: { id: "t1" } };
  expect(nameOf({ to: "server", request })).toBe("?");
  expect(nameOf()).toBe("?");
});

import { join } from "node:path";
import { Resonate } from "@resonatehq/sdk";
import { expect, onTestFinished, test, vi } from "vitest";
import { silence } from "#snippets/crash/silence.ts";
import { startDevServer } from "#snippets/support/dev-server.ts";
import { closeAccount } from "#snippets/transfer/accounts.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { openParks } from "#snippets/transfer/two-banks/parked-list.ts";
import { transferBetweenBanks } from "#snippets/transfer/two-banks/saga.ts";
import { FAR_MS } from "#snippets/transfer/two-banks/settle.ts";
import { alicePaysBob, short } from "#snippets/two-banks/alice-pays-bob.ts";
import { openBanks } from "#snippets/two-banks/open-banks.ts";
import { serveBank } from "#snippets/two-banks/serve-bank.ts";
import { run } from "../support/run.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

test("what is parked is listed by a command and decided by it, and whoever decides second is told whose the first was", async () => {
  const folder = temporaryFolder();
  const stores = await openBanks((name) =>
    openLedger(join(folder, `${name}.db`)),
  );
  const server = await startDevServer();
  const east = await serveBank(stores.east);
  const west = await serveBank(stores.west);
  const resonate = new Resonate({ url: server.url, logger: silence });
  let isUp = true;
  const stop = async () => {
    if (isUp) await resonate.stop();
    isUp = false;
  };
  onTestFinished(async () => {
    await stop();
    await Promise.all([east.stop(), west.stop(), server.stop()]);
    for (const db of Object.values(stores)) db.close();
  });
  const reach = ({ url }: { url: string }) => ({
    url,
    fetch,
    timeLimitMs: 10_000,
  });
  resonate.setDependency("banks", { east: reach(east), west: reach(west) });
  resonate.setDependency("parked", stores.parked);
  resonate.setDependency("alert", () => {});
  resonate.register("transferBetweenBanks", transferBetweenBanks);
  await closeAccount(stores.west, "bob");
  await closeAccount(stores.east, "alice");
  await resonate.beginRpc(
    "t1",
    "transferBetweenBanks",
    alicePaysBob("t1", short),
    resonate.options({ timeout: FAR_MS }),
  );
  const [found] = await vi.waitUntil(async () => {
    const parks = await openParks(stores.parked);
    return parks.length && parks;
  });
  const park = found?.park ?? "";
  await stop(); // nobody notes the decision

  const file = join(folder, "parked.db");
  const command = (...args: string[]) =>
    run(["snippets/two-banks/parked.ts", file, ...args]);
  const banks = ["--bank", east.url, "--bank", west.url, "--older", "0"];
  const { stdout } = await command(...banks);
  expect(stdout.split("\n")).toEqual([
    expect.stringMatching(/^t1:\d+ {2}50.00 {2}alice at east {2}\d{4}-/),
    "  t1-reversal: account alice is closed",
    "  decide: retry, write off",
    "t1  50.00  was debited, and no more",
    "",
  ]);

  const decide = (choice: string, by: string, ...more: string[]) =>
    command(
      ...["--decide", choice, "--by", by, "--url", server.url],
      ...["--reason", "alice was called", ...more],
    );
  const wrong = [
    [await decide("undo", "carol", "--park", park), "takes one of retry, w"],
    [await decide("retry", "carol", "--park", "t9:1"), "nothing is parked as"],
    [await decide("retry", "", "--park", park), "say which --park, --by"],
  ] as const;
  for (const [{ exitCode, stderr }, says] of wrong) {
    expect(exitCode).toBe(1);
    expect(stderr).toContain(says);
  }
  const first = await decide("write off", "carol", "--park", park);
  expect(first).toEqual({
    exitCode: 0,
    stdout: `${park}: write off, by carol\n`,
    stderr: "",
  });
  const second = await decide("retry", "dave", "--park", park);
  expect(second).toMatchObject({ exitCode: 1, stdout: "" });
  expect(second.stderr).toMatch(
    /^carol decided before: write off, \d{4}.*: alice was called\n$/,
  );
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { readersFolder } from "../support/run.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** `npm run banks`, with its lines one by one. */
async function startBanks(...args: string[]) {
  const cwd = readersFolder();
  const child = spawn(
    process.execPath,
    [
      "--import",
      import.meta.resolve("tsx"),
      "snippets/two-banks/banks.ts",
    ].concat(["--east", "0", "--west", "0"], args),
    { cwd, stdio: ["pipe", "pipe", "inherit"] },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout })[
    Symbol.asyncIterator
  ]();
  const line = async () => (await lines.next()).value as string;
  const first = await line();
  return { child, line, first };
}

test("the two banks are started by a command, list, close and open accounts, and end at quit and at SIGTERM", async () => {
  const folder = temporaryFolder();
  const { child, line, first } = await startBanks("--folder", folder);
  expect(first).toMatch(/^the bank east is at http:.*, west at http:/);
  const say = (words: string) => child.stdin.write(`${words}\n`);
  const [, url] = / west at (\S+)$/.exec(first) ?? [];
  const credit = async (key: string) => {
    const response = await fetch(`${url}/make`, {
      method: "POST",
      headers: { "Idempotency-Key": key },
      body: JSON.stringify({
        transferId: "t1",
        account: "bob",
        amountCents: 1_00,
        kind: "credit",
      }),
    });
    return ((await response.json()) as { outcome: string }).outcome;
  };
  say("close west bob");
  expect(await line()).toBe("bob at west is closed");
  expect(await credit("k1")).toBe("refused");
  say("open west bob");
  expect(await line()).toBe("bob at west is open");
  expect(await credit("k1")).toBe("refused");
  expect(await credit("k2")).toBe("made");
  say("list");
  const listed = [await line(), await line(), await line(), await line()];
  expect(listed.map((each) => each.replace(/ +/g, " "))).toEqual([
    "east alice 200.00",
    "east losses 0.00",
    "west bob 1.00",
    "west losses 0.00",
  ]);
  say("close west nobody");
  expect(await line()).toBe("there is no account nobody at west");
  say("shut west bob");
  expect(await line()).toMatch(/^what is shut\?/);
  say("quit");
  expect(await once(child, "exit")).toEqual([0, null]);
  expect(readdirSync(folder)).toContain("east.db");

  const again = await startBanks();
  again.child.kill("SIGTERM");
  expect(await once(again.child, "exit")).toEqual([0, null]);
});

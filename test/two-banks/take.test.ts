import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { dependencies } from "../../package.json";
import { run } from "../support/run.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { purposes } from "../take/purposes.ts";

/** The files of `snippets/` that were taken to this folder. */
const takenTo = (folder: string) =>
  readdirSync(join(folder, "snippets"), { recursive: true })
    .map((name) => `${name}`.replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".ts"));

const take = (...args: string[]) =>
  run(["test/take/take.ts", ...args], { cwd: process.cwd() });

test("the saga, its leaves, its clients, a bank and their proofs are copied to a folder, each file with a line on what it is for", async () => {
  const folder = join(temporaryFolder(), "mine");
  const { exitCode, stdout, stderr } = await take(folder);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  for (const file of takenTo(folder))
    expect(stdout).toContain(
      `- \`snippets/${file}\`: ${purposes[file.replace(".ts", "")]}`,
    );
  expect(takenTo(folder)).toContain("transfer/bank/decide.ts");
  for (const what of ["your banks:", "your ids:", "your alert:"])
    expect(stdout).toContain(what);
  expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(
    purposes["transfer/two-banks/saga"],
  );
  const taken = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const names3 = ["@resonatehq/sdk", "better-sqlite3", "valibot"] as const;
  expect(taken.dependencies).toEqual(
    Object.fromEntries(names3.map((name) => [name, dependencies[name]])),
  );
  expect(taken.devDependencies).toMatchObject({
    node: expect.any(String),
    vitest: expect.any(String),
  });

  const again = await take(folder);
  expect(again).toMatchObject({ exitCode: 1, stdout: "" });
  expect(again.stderr).toBe(`${folder} is not empty: name another folder\n`);
});

test("the saga of one ledger is copied in the same way, and every file that can be taken is taken by one of the two", async () => {
  const folder = temporaryFolder();
  const [banks, ledger] = [join(folder, "banks"), join(folder, "ledger")];
  expect((await take(banks)).exitCode).toBe(0);
  const { exitCode, stdout, stderr } = await take("--one-ledger", ledger);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(takenTo(ledger)).toContain("transfer/in-transit/pay-back.ts");
  for (const what of ["your accounts:", "your ids:", "your ledger:"])
    expect(stdout).toContain(what);
  const taken = JSON.parse(readFileSync(join(ledger, "package.json"), "utf8"));
  expect(Object.keys(taken.dependencies)).toEqual([
    "@resonatehq/sdk",
    "better-sqlite3",
  ]);
  const both = new Set([...takenTo(banks), ...takenTo(ledger)]);
  const told = Object.keys(purposes).map((name) => `${name}.ts`);
  expect([...both].sort()).toEqual(told.sort());
});

test("without a folder, nothing is taken", async () => {
  const { exitCode, stderr } = await take();
  expect(exitCode).toBe(1);
  expect(stderr).toBe("name a folder: npm run take -- <folder>\n");
  const help = await take("--help");
  expect(help).toMatchObject({ exitCode: 0, stderr: "" });
  expect(help.stdout).toMatch(
    /^usage: npm run take -- \[--one-ledger\] <folder>/,
  );
  expect(existsSync("--help")).toBe(false);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { asTest } from "#snippets/crash-lab/as-test.ts";
import { fromLink } from "#snippets/crash-lab/plan.ts";
import { run } from "../support/run.ts";

const right = asTest(
  fromLink("amount=5000&meets=closes&fault=after:write-credit"),
);
const ours =
  'import { transferMoney as saga } from "#snippets/transfer/transfer-money.ts";';

/** The same case, over another saga. */
function over(saga: string, file: string) {
  expect(right).toContain(ours);
  const other = `import { ${saga} as saga } from "#snippets/${file}";`;
  return right.replace(ours, other);
}

test("a run that is copied as a test passes for a right saga, and fails for a wrong one, and where a worker does not get to its point", async () => {
  // Not below test/: its cases are none of ours.
  const folder = mkdtempSync(".copied-");
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const cases = {
    right,
    wrong: over("withoutLook", "who-does-what/leaves.ts"),
    missed: over("withoutYield", "who-does-what/sagas.ts"),
  };
  for (const [name, text] of Object.entries(cases))
    writeFileSync(`${folder}/${name}.test.ts`, text);
  const outputFile = resolve(folder, "said.json");
  await run(
    [
      ...["node_modules/vitest/vitest.mjs", "run", "--root", folder],
      ...["--reporter", "json", "--outputFile", outputFile],
    ],
    { cwd: process.cwd() },
  );
  const { testResults } = JSON.parse(readFileSync(outputFile, "utf8"));
  const said = Object.fromEntries(
    (testResults as Result[]).map(({ name, status, assertionResults }) => [
      /(\w+)\.test\.ts$/.exec(name)?.[1],
      [status, assertionResults[0]?.failureMessages[0]?.split("\n")[0]],
    ]),
  );
  expect(said).toEqual({
    right: ["passed", undefined],
    wrong: [
      "failed",
      "AssertionError: expected '50.00 too much.' to be undefined",
    ],
    missed: [
      "failed",
      expect.stringContaining("no worker gets to after:write-credit"),
    ],
  });
});

test("a program plays the run of a link, of an address, and of a file that has one", async () => {
  const folder = mkdtempSync(".copied-");
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = `${folder}/copied.ts`;
  writeFileSync(file, right);
  const link = "amount=5000&meets=closes&fault=after:write-credit";
  for (const given of [file, link, `https://example.org/crash-lab/#${link}`]) {
    const program = "snippets/crash-lab/replay.ts";
    const { stdout } = await run([program, given], { cwd: process.cwd() });
    const told = stdout.trim().split("\n");
    expect(told, given).toContain(
      "Worker 1 writes the credit, and is killed before it hears so.",
    );
    expect(told.at(-1), given).toBe("The money is right.");
  }
  const { stderr } = await run(["snippets/crash-lab/replay.ts", "none.ts"]);
  expect(stderr).toContain("none.ts is no link to a run, nor a file with one");
});

interface Result {
  name: string;
  status: string;
  assertionResults: { failureMessages: string[] }[];
}

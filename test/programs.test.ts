import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { sources } from "../docs/notebook.ts";
import { readersFolder, run } from "./support/run.ts";

/** What a person runs, and nothing that another program starts. */
const programs = [...sources]
  .filter(
    ([path, text]) =>
      path.startsWith("snippets/") &&
      /^await (program|story|inMemory|onStage)\(/m.test(text),
  )
  .map(([path]) => path);

test("what stands in the folder of the failure modes is a program", () => {
  const files = [...sources.keys()].filter((path) =>
    /^snippets\/failure-modes\/[^/]*$/.test(path),
  );
  expect(programs).toEqual(expect.arrayContaining(files));
});

const once = { exitCode: 1, stdout: "" };

test.concurrent.for(programs)(
  "%s answers --help with its usage, and what it does not know in one line, and makes no file",
  { timeout: 60_000 },
  async (path, { expect, onTestFinished }) => {
    const cwd = readersFolder(onTestFinished);
    const before = readdirSync(cwd);
    const help = await run([path, "--help"], { cwd });
    expect(help).toMatchObject({ exitCode: 0, stderr: "" });
    expect(help.stdout).toMatch(/^usage: np[xm] /);
    for (const args of [["--nonsense"], ["a.db", "b.db"]]) {
      const { stderr, ...rest } = await run([path, ...args], { cwd });
      expect(rest, stderr).toEqual(once);
      expect(stderr).toMatch(/^[^\n]+\n$/);
    }
    expect(readdirSync(cwd)).toEqual(before);
  },
);

test("what is given to a program is looked at before anything is made", async () => {
  expect(programs.length).toBeGreaterThan(20);
  const cwd = readersFolder();
  const before = readdirSync(cwd);
  const wrong: [line: string, says: RegExp, RESONATE_URL?: string][] = [
    ["demo.ts 5", /^a ledger's file ends in .db, and 5 does not$/],
    ["the-problem/crash-between.ts 5", /^a ledger's file ends in .db/],
    ["the-shape/insert-or-ignore.ts 5", /^a ledger's file ends in .db/],
    ["failure-modes/worker.ts --ledger 5", /^a ledger's file ends in .db/],
    [
      "failure-modes/worker.ts --ledger no/such.db",
      /^cannot open no\/such.db: .*directory does not exist$/,
    ],
    [
      "failure-modes/worker.ts --hold x",
      /^--hold takes one of before:write-debit,/,
    ],
    ["failure-modes/worker.ts --url x", /^x is no address of a server/],
    ["failure-modes/server.ts --port x", /^--port takes a number/],
    ["failure-modes/server.ts --port 70000", /^--port takes a number/],
    ["failure-modes/ask.ts", /: start the server$/, "http://127.0.0.1:9"],
    ["failure-modes/dies-between.ts", /^x is no address of a server/, "x"],
    ["who-does-what/without.ts wings", /^WHAT is one of record-of-run, /],
    ["crash-matrix/run-matrix.ts --seed x", /^--seed takes no x$/],
    ["crash-matrix/run-matrix.ts --scenario x.ts", /^there is no file x.ts$/],
    ["two-banks/banks.ts --east x", /^--east takes a number of a port$/],
    ["two-banks/lost-answer.ts", /^unset RESONATE_URL/, "http://127.0.0.1:9"],
    [
      "crash-matrix/run-matrix.ts --scenario snippets/transfer/ledger.ts",
      /exports no scenario$/,
    ],
  ];
  for (const [line, says, url = ""] of wrong) {
    const args = `snippets/${line}`.split(" ");
    const env = { RESONATE_URL: url };
    const { stderr, ...rest } = await run(args, { cwd, env });
    expect(rest, `${line}: ${stderr}`).toEqual(once);
    expect(stderr.trimEnd(), line).toMatch(says);
  }
  expect(readdirSync(cwd)).toEqual(before);
});

import { expect, test } from "vitest";
import { readersFolder, run } from "../support/run.ts";

const kinds = {
  "stores its errors": ["errors", "sum 250.00", "committed"],
  "does not keep its refusals": ["refusals", "sum 250.00", "committed"],
  "forgets its keys": ["forgets", "sum 250.00", "committed"],
  "answers the first body": ["first", "50.00: committed", "50.00: refused"],
} as const;

test.concurrent.for(Object.entries(kinds))(
  "at a bank that %s, the transfer ends right where it went wrong",
  { timeout: 30_000 },
  async ([, [kind, wrong, right]], { expect, onTestFinished }) => {
    const cwd = readersFolder(onTestFinished);
    const args = ["snippets/two-banks/other-bank.ts", kind];
    const { stdout } = await run(args, { cwd });
    const [first = "", second = ""] = stdout.split(/^parked .*$/m);
    expect(first).toContain(wrong);
    expect(second).toContain(right);
    expect(second).toContain("sum 200.00 of 200.00");
  },
);

test("a kind of bank that there is none of is one line", async () => {
  const { exitCode, stderr } = await run(
    ["snippets/two-banks/other-bank.ts", "good"],
    {},
  );
  expect(exitCode).toBe(1);
  expect(stderr).toBe("KIND is one of errors, refusals, forgets, first\n");
});

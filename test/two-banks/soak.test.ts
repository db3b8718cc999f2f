import { expect, test } from "vitest";
import { run } from "../support/run.ts";

// A message that a killed worker took is repeated by the store after 30 s.
const timeout = 150_000;

test("after a soak each transfer has the entries of its end, and all money is there", {
  timeout: 2 * timeout,
}, async () => {
  const args = ["snippets/two-banks/soak.ts", "--transfers", "20"];
  const { exitCode, stdout, stderr } = await run(args, { timeout });
  expect(exitCode, stderr).toBe(0);
  expect(stdout).toMatch(/ {2}\d+ committed$/m);
  expect(stdout).toMatch(/ {2}\d+ refused$/m);
  expect(stdout).toMatch(/^2200.00 of 2200.00 are there$/m);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { SumsSeen } from "#snippets/in-transit/sums-seen.ts";
import { type Way, ways } from "#snippets/in-transit/ways.ts";
import { whereItIs } from "../support/captured.ts";
import { readersFolder, run } from "../support/run.ts";

test("a process that keeps reading while workers are killed, at each statement of a transfer, sees what all accounts hold change; through the account in transit it is the same in each reading", {
  timeout: 120_000,
}, async () => {
  const cwd = readersFolder();
  const program = "snippets/in-transit/where-it-is.ts";
  const { stdout, ...rest } = await run([program, "--report", "report.json"], {
    cwd,
    timeout: 100_000,
  });
  expect(rest).toEqual({ exitCode: 0, stderr: "" });
  const report = readFileSync(`${cwd}/report.json`, "utf8");
  const found: Record<Way, SumsSeen> = JSON.parse(report);
  expect(Object.keys(found)).toEqual(Object.keys(ways));
  for (const { readings, kills } of Object.values(found)) {
    expect(readings).toBeGreaterThan(1_000);
    expect(kills.length).toBeGreaterThanOrEqual(20);
  }
  const [without, through] = Object.values(found);
  expect(without).toMatchObject({ least: 190_00, most: 200_00 });
  expect(through).toMatchObject({ least: 200_00, most: 200_00 });
  expect(new Set(through?.sums)).toEqual(new Set([200_00]));

  await expect(`$ npx tsx ${program}\n${stdout}`).toMatchFileSnapshot(
    `../outputs/${whereItIs}.txt`,
  );
  await expect(`${JSON.stringify(found)}\n`).toMatchFileSnapshot(
    `../outputs/${whereItIs}.json`,
  );
});

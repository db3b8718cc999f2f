import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dependencies } from "../../package.json" with { type: "json" };

/** Writes what was found, when, and on what, to a file that pages read. */
export function writeReport(name: string, found: object): void {
  const report = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores, Node ${process.versions.node}`,
    sdk: dependencies["@resonatehq/sdk"],
    ...found,
  };
  const file = `test/outputs/${name}.json`;
  writeFileSync(file, `${JSON.stringify(report, rounded, 2)}\n`);
  console.log(`${file} has all of it`);
}

/** Three digits are more than a machine repeats. */
const rounded = (_key: string, value: unknown) =>
  typeof value === "number" ? Number(value.toPrecision(3)) : value;

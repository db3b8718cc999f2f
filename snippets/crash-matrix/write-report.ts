import { existsSync, readFileSync, writeFileSync } from "node:fs";

// #region write-report
/**
 * Writes what was found to a file, and of which scenario. A report of
 * another scenario stays as it is. Says whether it was written.
 */
export function writeReport(
  file: string,
  scenario: string,
  found: object,
): boolean {
  if (existsSync(file)) {
    const before = JSON.parse(readFileSync(file, "utf8"));
    if (before.scenario !== scenario) return false;
  }
  const all = { scenario, ...found };
  writeFileSync(file, `${JSON.stringify(all, null, 2)}\n`);
  return true;
}
// #endregion write-report

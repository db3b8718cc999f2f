import { mkdtempSync, rmSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

// #region temporary-folder
/** A folder that is gone when this process ends, by a signal, too. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `${name}-`));
  process.once("exit", () => rmSync(folder, { recursive: true }));
  for (const signal of SIGNALS)
    process.once(signal, () =>
      process.exit(128 + constants.signals[signal]),
    );
  return folder;
}
// #endregion temporary-folder

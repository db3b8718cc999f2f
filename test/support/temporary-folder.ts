import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished as currentTest } from "vitest";

/** A folder that is gone when the test is. A concurrent test names itself. */
export function temporaryFolder(onTestFinished = currentTest): string {
  const folder = mkdtempSync(join(tmpdir(), "transfer-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

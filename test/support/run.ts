import { execFile } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { onTestFinished as currentTest } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

// The loader of tsx, without the process that its command would add.
const tsx = import.meta.resolve("tsx");

/** The project as a reader's clone has it, with no ledger in it yet. */
export function readersFolder(onTestFinished = currentTest): string {
  const folder = temporaryFolder(onTestFinished);
  for (const name of ["snippets", "node_modules", "package.json"])
    symlinkSync(resolve(name), join(folder, name));
  return folder;
}

/** Runs what `npx tsx <args>` runs: what it prints and how it exits. */
export function run(
  args: string[],
  {
    cwd = readersFolder(),
    env = {} as NodeJS.ProcessEnv,
    timeout = 30_000, // milliseconds
  } = {},
) {
  return new Promise<{ exitCode: unknown; stdout: string; stderr: string }>(
    (done) =>
      execFile(
        process.execPath,
        ["--import", tsx, ...args],
        {
          cwd,
          // Pages show text without colours, whatever a terminal asks for.
          env: {
            ...process.env,
            FORCE_COLOR: undefined,
            NO_COLOR: undefined,
            ...env,
          },
          timeout,
        },
        (error, stdout, stderr) =>
          done({ exitCode: error ? error.code : 0, stdout, stderr }),
      ),
  );
}

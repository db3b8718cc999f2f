import { once } from "node:events";
import { startProcess } from "../../snippets/support/start-process.ts";

const MANY = new URL("../../snippets/many-machines/many.ts", import.meta.url);

/**
 * Seconds of so many transfers by three workers, one of them killed, one added,
 * with the records at `url`. Throws unless each was made once.
 */
export async function measureMany(
  url: string,
  transfers: number,
): Promise<number> {
  const isPostgres = url.startsWith("postgres");
  const { child, word } = await startProcess(
    MANY,
    ["--transfers", `${transfers}`, "--id", `many-${Date.now()}`],
    {
      env: {
        ...process.env,
        LEDGER_URL: "",
        RESONATE_URL: isPostgres ? "" : url,
        DATABASE_URL: isPostgres ? url : "",
      },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    },
  );
  if (child.exitCode === null) await once(child, "exit");
  if (child.exitCode !== 0) throw new Error("many.ts failed: see above");
  return Number(word);
}

import { type ParseArgsConfig, parseArgs } from "node:util";
import { audit, balances } from "../transfer/accounts.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import { formatCents } from "./format-cents.ts";

type Arguments = {
  values: Record<string, unknown>;
  positionals: string[];
};

/**
 * Runs a program with its command line. Answers `--help`, and ends with
 * one line and exit code 1 when `main` throws.
 */
export async function program(
  usage: string,
  { options, allowPositionals }: ParseArgsConfig,
  main: (args: Arguments) => Promise<void>,
): Promise<void> {
  process.stdout.on("error", () => process.exit(1)); // it is closed
  try {
    const { values, positionals } = parseArgs({
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: allowPositionals === true,
    });
    if (values["help"]) console.log(usage);
    else if (positionals.length > 1)
      throw new Error(`what is ${positionals[1]}? --help tells`);
    else await main({ values, positionals });
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1); // whatever is still open
  }
}

/** One line, which goes when the next thing is printed. */
export function progress(line: string) {
  if (process.stderr.isTTY) process.stderr.write(`${line}\r`);
}

/** A file that a reader named for the ledger, if one was named. */
export function ledgerFile([file]: string[]): string | undefined {
  if (file !== undefined && !file.endsWith(".db"))
    throw new Error(
      `a ledger's file ends in .db, and ${file} does not`,
    );
  return file;
}

// #region server-url
/** The server that `RESONATE_URL` names, or `url` does, if any. */
export function serverUrl(
  url = process.env["RESONATE_URL"],
): string | undefined {
  if (!url) return undefined;
  if (!/^https?:/.test(url) || !URL.canParse(url))
    throw new Error(`${url} is no address of a server: http://…`);
  return url.replace(/\/+$/, ""); // the SDK would listen at //poll
}
// #endregion server-url

// #region print-balances
/** Prints what each account holds, and what all hold together. */
export async function printBalances(db: LedgerDb, heading: string) {
  const { heldCents } = await audit(db);
  const rows = [
    ...(await balances(db)),
    { account: "all", cents: heldCents },
  ];
  console.log(heading);
  for (const { account, cents } of rows)
    console.log(
      `  ${account.padEnd(6)} ${formatCents(cents).padStart(8)}`,
    );
}
// #endregion print-balances

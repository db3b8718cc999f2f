import { type ParseArgsConfig, parseArgs } from "node:util";
import { audit, balances } from "./accounts.ts";
import type { LedgerDb } from "./ledger.ts";

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
  try {
    const { values, positionals } = parseArgs({
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: allowPositionals === true,
    });
    if (values["help"]) console.log(usage);
    else if (positionals.length > 1) throw new Error(usage);
    else await main({ values, positionals });
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1); // whatever is still open
  }
}

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

// #region format
/** 1234 cents as 12.34, by whole numbers alone. */
export function formatCents(cents: number): string {
  const rest = Math.abs(cents % 100);
  const whole = (Math.abs(cents) - rest) / 100;
  const sign = cents < 0 ? "-" : "";
  return `${sign}${whole}.${String(rest).padStart(2, "0")}`;
}
// #endregion format

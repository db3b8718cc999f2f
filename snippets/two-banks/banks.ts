import { join } from "node:path";
import { createInterface } from "node:readline";
import { formatCents } from "../support/format-cents.ts";
import { program } from "../support/program.ts";
import {
  balances,
  closeAccount,
  hasAccount,
  reopenAccount,
} from "../transfer/accounts.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { openBanks, type Stores } from "./open-banks.ts";
import { serveBank } from "./serve-bank.ts";

const USAGE = `\
usage: npm run banks [-- --folder <folder>] [--east <port>]
       [--west <port>]

Starts two banks on this machine, and takes commands:
  list                   what each account holds
  close east alice       from now on it takes no money
  open east alice        from now on it takes money again
  quit                   as Ctrl-C does

  --folder <folder>      where their ledgers are, if not in memory
  --east, --west <port>  their ports: 8101 and 8102, unless you say`;

const options = {
  folder: { type: "string" },
  east: { type: "string", default: "8101" },
  west: { type: "string", default: "8102" },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const port = (name: "east" | "west") => {
    const number = Number(values[name]);
    if (Number.isInteger(number) && number >= 0 && number < 65_536)
      return number;
    throw new Error(`--${name} takes a number of a port`);
  };
  const ports = { east: port("east"), west: port("west") };
  const { folder } = values;
  const stores = await openBanks((name) =>
    openLedger(folder ? join(`${folder}`, `${name}.db`) : undefined),
  );
  const east = await serveBank(stores.east, ports.east);
  const west = await serveBank(stores.west, ports.west);
  const lines = createInterface({ input: process.stdin });
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => lines.close());
  console.log(`the bank east is at ${east.url}, west at ${west.url}`);

  for await (const line of lines) {
    if (line.trim() === "quit") break;
    await obey(line.trim().split(/\s+/), stores).catch((error: Error) =>
      console.log(error.message),
    );
  }
  lines.close();
  await Promise.all([east.stop(), west.stop()]);
  for (const db of Object.values(stores)) db.close();
});

async function obey(
  [command, bank, account]: string[],
  stores: Stores,
) {
  if (command === "list") return list(stores);
  if ((bank !== "east" && bank !== "west") || !account)
    throw new Error(
      "list, close BANK ACCOUNT, open BANK ACCOUNT or quit",
    );
  if (!(await hasAccount(stores[bank], account)))
    throw new Error(`there is no account ${account} at ${bank}`);
  if (command === "close") await closeAccount(stores[bank], account);
  else if (command === "open")
    await reopenAccount(stores[bank], account);
  else throw new Error(`what is ${command}? list, close, open or quit`);
  const state = command === "open" ? "open" : "closed";
  console.log(`${account} at ${bank} is ${state}`);
}

async function list(stores: Stores) {
  for (const name of ["east", "west"] as const)
    for (const { account, cents } of await balances(stores[name]))
      console.log(
        name,
        account.padEnd(8),
        formatCents(cents).padStart(8),
      );
}

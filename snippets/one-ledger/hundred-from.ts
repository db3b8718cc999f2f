import { join } from "node:path";
import {
  kill,
  startProcess,
  wordOf,
} from "../support/start-process.ts";
import { audit, balances, openAccount } from "../transfer/accounts.ts";
import { openLedger } from "../transfer/open-ledger.ts";

const PAYS = new URL("processes/pays.ts", import.meta.url);
const HUNDRED = 100;

// #region hundred-from
/**
 * A hundred transfers of 10.00 from alice, who has 250.00, all at once,
 * made by so many processes, with a debit that may lack a guard. Gives
 * how many ended how, and what is in the accounts, in cents.
 */
export async function hundredFrom(
  folder: string,
  processes: number,
  guard = "",
) {
  const file = join(folder, `${guard}-${processes}.db`);
  const db = openLedger(file);
  await openAccount(db, "alice", 250_00);
  await openAccount(db, "bob", 0);

  const each = HUNDRED / processes;
  const started = Array.from({ length: processes }, (_, nth) =>
    startProcess(
      PAYS,
      [file, guard, `${nth * each}`, `${each}`],
      { env: { ...process.env, RESONATE_URL: "" } }, // in memory
    ),
  );
  const children = (await Promise.all(started)).map(
    ({ child }) => child,
  );
  const made = children.map((child) =>
    wordOf<Record<string, number>>(child, "pays.ts"),
  );
  for (const child of children) child.send("go");
  const ends: Record<string, number> = {};
  for (const each of await Promise.all(made))
    for (const [status, count] of Object.entries(each))
      ends[status] = (ends[status] ?? 0) + count;
  await Promise.all(children.map(kill));

  const held = Object.fromEntries(
    (await balances(db)).map(({ account, cents }) => [account, cents]),
  );
  const sums = await audit(db);
  db.close();
  return { ends, held, ...sums };
}
// #endregion hundred-from

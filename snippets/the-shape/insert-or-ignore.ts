import { ledgerFile, program } from "../support/program.ts";
import { openAccount } from "../transfer/accounts.ts";
import { openLedger } from "../transfer/open-ledger.ts";

const USAGE = `\
usage: npx tsx snippets/the-shape/insert-or-ignore.ts [ledger-file]

Two ways to write an entry only once, tried on an entry that the schema
forbids. The ledger is in memory unless you name a file.`;

const args = { allowPositionals: true };
await program(USAGE, args, async ({ positionals }) => {
  const db = openLedger(ledgerFile(positionals));
  await openAccount(db, "alice", 200_00);

  // #region both
  const or = "INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?, ?)";
  const on = `INSERT INTO entries VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (op_id) DO NOTHING`;
  const forbidden = ["t1-fee", "t1", "alice", -100, "fee"];

  const { changes } = db.prepare(or).run(...forbidden);
  console.log(
    `OR IGNORE:   ${changes} rows, as if it were there already`,
  );
  try {
    db.prepare(on).run(...forbidden);
  } catch (error) {
    const [what, which] = (error as Error).message.split(": ");
    console.log(`ON CONFLICT: ${what}:\n  ${which}`);
  }
  // #endregion both
  db.close();
});

import pg from "pg";
import { formatCents } from "../support/format-cents.ts";
import { balances, openAccount } from "../transfer/accounts.ts";
import { ledgerOver } from "../transfer/open-postgres.ts";
import { freshLedger } from "./fresh-ledger.ts";
import { onPostgres } from "./on-postgres.ts";

const about = `\
Five debits of 50.00 overlap, from an account that holds 100.00. Each
looks whether there is enough, in the statement that writes.`;

// #region debit
const DEBIT = `INSERT INTO entries
    (op_id, transfer_id, account, amount_cents, kind)
  SELECT ?, 'five', id, -5000, 'debit' FROM accounts
  WHERE id = 'alice' AND 5000 <= (
    SELECT SUM(amount_cents) FROM entries WHERE account = 'alice')
  ON CONFLICT (op_id) DO NOTHING`;
// #endregion debit
const names = ["a", "b", "c", "d", "e"];

await onPostgres("overlap", about, async (url) => {
  for (const isolation of ["READ COMMITTED", "SERIALIZABLE"]) {
    const db = await freshLedger(url);
    const clients = names.map(
      () => new pg.Client({ connectionString: db.url }),
    );
    try {
      await openAccount(db, "alice", 100_00);
      if (isolation === "READ COMMITTED")
        await db.prepare("DROP TRIGGER in_order ON entries").run();
      let made = 0;
      // #region overlap
      for (const client of clients) {
        await client.connect();
        await client.query(`BEGIN ISOLATION LEVEL ${isolation}`);
      }
      for (const [n, client] of clients.entries())
        await over(client).prepare(DEBIT).run(names[n]);
      for (const client of clients)
        try {
          await client.query("COMMIT");
          made += 1;
        } catch (error) {
          if ((error as { code: string }).code !== "40001") throw error;
        }
      // #endregion overlap
      console.log(`${isolation}: ${made} of 5 debits are made`);
      console.log(`  alice holds ${await heldBy(db)}`);
      if (isolation === "READ COMMITTED") continue;

      // #region again
      const debit = db.prepare(DEBIT);
      const again = names.map((name) => debit.run(name));
      for (const { changes } of await Promise.all(again))
        made += changes;
      // #endregion again
      console.log(`  asked again, ${made} of 5 are made`);
      console.log(`  alice holds ${await heldBy(db)}`);
    } finally {
      for (const client of clients) await client.end();
      await db.close();
    }
  }
});

function over(client: pg.Client) {
  return ledgerOver((text, values) => client.query(text, values));
}

async function heldBy(db: Parameters<typeof balances>[0]) {
  const [alice] = await balances(db);
  return formatCents(alice?.cents ?? 0);
}

import pg from "pg";
import { freshLedger } from "../../snippets/many-machines/fresh-ledger.ts";
import { openAccount } from "../../snippets/transfer/accounts.ts";
import { checkTransfer } from "../../snippets/transfer/check-transfer.ts";
import { entriesFor } from "../../snippets/transfer/entries-for.ts";
import { leaves, statementsOf, valuesOf } from "./floor.ts";
import { inTurns } from "./in-turns.ts";

/** What the ledger's code adds to Postgres: as for SQLite, in floor.ts. */
export async function measurePostgres(url: string, rounds: number) {
  const ledger = await freshLedger(url);
  await openAccount(ledger, "alice", 1_000_000_00);
  await openAccount(ledger, "bob", 0);
  const one = { source: "alice", target: "bob", amountCents: 1 };
  const checked = await checkTransfer({ id: "t", ...one }, ledger);
  const order = (id: string) => ({ ...checked, id });
  const [toDebit, toCredit] = (await statementsOf(ledger, order("first"))).map(
    (sql) => {
      let place = 0;
      return sql.replaceAll("?", () => `$${++place}`);
    },
  );
  const client = new pg.Client({ connectionString: ledger.url });
  await client.connect();
  await client.query("SET default_transaction_isolation = serializable");
  const ms = await inTurns(
    {
      async bare(nth) {
        const { debit, credit } = entriesFor(order(`bare-${nth}`));
        await client.query(`${toDebit}`, valuesOf(debit));
        await client.query(`${toCredit}`, valuesOf(credit));
      },
      leaves: (nth) => leaves(ledger, order(`leaves-${nth}`)),
    },
    rounds,
  );
  await client.end();
  await ledger.close();
  return ms;
}

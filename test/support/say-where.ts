/** Says in one line each what the proofs run on, and how to have the rest. */
export default function sayWhere() {
  const { RESONATE_URL, LEDGER_URL } = process.env;
  console.log(
    `engines: in process, dev server, ${RESONATE_URL ? `a server at ${RESONATE_URL}` : "no other server (RESONATE_URL names one)"}`,
  );
  console.log(
    `ledgers: SQLite, SQLite in a page, ${LEDGER_URL ? "Postgres" : "not Postgres (npm run postgres)"}`,
  );
}

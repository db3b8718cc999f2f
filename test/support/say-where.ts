/** Says in one line each what the proofs run on, and how to have the rest. */
export default function sayWhere() {
  const named = (name: string, what: string, how: string) =>
    process.env[name] ? what : `not ${what} (${how})`;
  const engines = [
    "in process",
    "dev server",
    named("RESONATE_URL", "a Resonate server", "RESONATE_URL names one"),
    named("DATABASE_URL", "Postgres alone", "DATABASE_URL names one"),
  ];
  const ledgers = [
    "SQLite",
    "SQLite in a page",
    named("LEDGER_URL", "Postgres", "npm run postgres"),
  ];
  console.log(`engines: ${engines.join(", ")}`);
  console.log(`ledgers: ${ledgers.join(", ")}`);
}

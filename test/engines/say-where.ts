import { addressOf, places } from "./places.ts";

/** Says in one line each what the proofs run on, and how to have the rest. */
export default function sayWhere() {
  const there = places.filter(addressOf).map(({ name }) => name);
  const rest = places
    .filter((place) => !addressOf(place))
    .map(({ name, variable }) => `not ${name} (${variable} names one)`);
  const postgres = process.env["LEDGER_URL"]
    ? "Postgres"
    : "not Postgres (npm run postgres)";
  console.log(`engines: ${["in process", ...there, ...rest].join(", ")}`);
  console.log(`ledgers: SQLite, SQLite in a page, ${postgres}`);
}

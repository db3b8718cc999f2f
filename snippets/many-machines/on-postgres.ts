import { program } from "../support/program.ts";

/** Runs a program on the Postgres that `LEDGER_URL` names. */
export async function onPostgres(
  name: string,
  about: string,
  main: (url: string) => Promise<void>,
): Promise<void> {
  const usage = `\
usage: npx tsx snippets/many-machines/${name}.ts

${about}
LEDGER_URL names the Postgres; npm run postgres -- --stay starts one.`;
  await program(usage, {}, () => main(ledgerUrl()));
}

// #region ledger-url
/** The Postgres that `LEDGER_URL` names. Throws when it names none. */
export function ledgerUrl(url = process.env["LEDGER_URL"]): string {
  if (!url)
    throw new Error(
      "set LEDGER_URL to a Postgres: npm run postgres -- --stay " +
        "starts one, and says its address",
    );
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
    throw new Error(
      "LEDGER_URL is no address of a Postgres: postgres://…",
    );
  return url;
}
// #endregion ledger-url

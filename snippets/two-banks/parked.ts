import { existsSync } from "node:fs";
import { Resonate } from "@resonatehq/sdk";
import { silence } from "../crash/silence.ts";
import { formatCents } from "../support/format-cents.ts";
import { ledgerFile, program, serverUrl } from "../support/program.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { decideParked } from "../transfer/two-banks/decide-parked.ts";
import type { Choice } from "../transfer/two-banks/decision.ts";
import {
  openDebits,
  openParks,
  type Park,
} from "../transfer/two-banks/parked-list.ts";

const USAGE = `\
usage: npx tsx snippets/two-banks/parked.ts FILE [--bank URL]…
       npx tsx snippets/two-banks/parked.ts FILE --decide CHOICE
         --park PARK --by NAME --reason TEXT [--url URL]

Lists what is parked by FILE, and the debits that nothing has followed
by the statements of all banks that are named. Or says what becomes of
one: retry, undo, "write off", made or refused, as the list offers.

  --older <minutes>  of debits, only those before that time: 15`;

const options = {
  bank: { type: "string", multiple: true, default: [] as string[] },
  older: { type: "string", default: "15" },
  decide: { type: "string" },
  park: { type: "string" },
  by: { type: "string" },
  reason: { type: "string" },
  url: { type: "string" },
} as const;
const args = { options, allowPositionals: true };
await program(USAGE, args, async ({ values, positionals }) => {
  const file = ledgerFile(positionals);
  if (!file || !existsSync(file))
    throw new Error(`there is no file ${file ?? ""}: --help tells`);
  const db = openLedger(file);
  const parks = await openParks(db);
  const given = values as Record<string, string | undefined>;
  if (given["decide"]) await decide(parks, given);
  else await list(parks, values["bank"] as string[], given["older"]);
  db.close();
});

async function list(parks: Park[], urls: string[], older = "") {
  const minutes = Number(older);
  if (!(minutes >= 0)) throw new Error("--older takes minutes");
  for (const { park, bank, account, ...row } of parks) {
    const since = new Date(row.sinceMs).toISOString();
    const cents = formatCents(row.amountCents);
    console.log(`${park}  ${cents}  ${account} at ${bank}  ${since}`);
    console.log(`  ${row.key}: ${row.reason}`);
    console.log(`  decide: ${row.choices}`);
  }
  const banks = urls.map((url) => ({
    url,
    fetch,
    timeLimitMs: 10_000,
  }));
  const until = Date.now() - minutes * 60_000;
  const debits = await openDebits(banks, until);
  for (const { transferId, account, amountCents } of debits)
    console.log(
      `${transferId}  ${formatCents(amountCents)}  of ${account} ` +
        "was debited, and nothing followed",
    );
  if (!parks.length && !debits.length) console.log("nothing");
}

async function decide(
  parks: Park[],
  given: Record<string, string | undefined>,
) {
  const { park = "", by = "", reason = "" } = given;
  const found = parks.find((each) => each.park === park);
  const choice = found?.choices
    .split(", ")
    .find((each) => each === given["decide"]);
  if (!found) throw new Error(`nothing is parked as ${park}: list it`);
  if (!choice) throw new Error(`--decide takes ${found.choices}`);
  if (!by || !reason) throw new Error("say --by whom, and --reason");

  const url = serverUrl(given["url"]) ?? "http://127.0.0.1:8001";
  const client = new Resonate({ url, logger: silence });
  const id = crypto.randomUUID();
  await decideParked(client, {
    id,
    park,
    choice: choice as Choice,
    by,
    reason,
    atMs: Date.now(),
  });
  await client.stop();
  console.log(`${park}: ${choice}, by ${by}`);
}

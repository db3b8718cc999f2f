import { existsSync } from "node:fs";
import { Resonate } from "@resonatehq/sdk";
import { silence } from "../crash/silence.ts";
import { checkServer } from "../support/check-server.ts";
import { formatCents } from "../support/format-cents.ts";
import { ledgerFile, program, serverUrl } from "../support/program.ts";
import type { LedgerDb } from "../transfer/ledger.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { decideParked } from "../transfer/two-banks/decide-parked.ts";
import {
  type Choice,
  decisionOn,
} from "../transfer/two-banks/decision.ts";
import {
  openParks,
  openTransfers,
} from "../transfer/two-banks/parked-list.ts";

const USAGE = `\
usage: npx tsx snippets/two-banks/parked.ts FILE [--bank URL]…
       npx tsx snippets/two-banks/parked.ts FILE --decide CHOICE
         --park PARK --by NAME --reason TEXT [--url URL]

Lists what is parked by FILE, and the transfers that do not come out
even by the statements of the banks: name each that a transfer may be
at, or a transfer to it looks open. Or says what becomes of a park:
retry, undo, "write off", made or refused, as the list offers.

  --older <minutes>  only transfers that began before that: 15`;

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
  const given = values as Record<string, string | undefined>;
  if (given["decide"]) await decide(db, given);
  else await list(db, values["bank"] as string[], given["older"]);
  db.close();
});

async function list(db: LedgerDb, urls: string[], older = "") {
  const minutes = Number(older);
  if (!(minutes >= 0)) throw new Error("--older takes minutes");
  const parks = await openParks(db);
  for (const { park, bank, account, ...row } of parks) {
    const since = new Date(row.sinceMs).toISOString();
    const cents = formatCents(row.amountCents);
    console.log(`${park}  ${cents}  ${account} at ${bank}  ${since}`);
    console.log(`  ${row.key}: ${row.reason}`);
    console.log(`  decide: ${row.choices.join(", ")}`);
  }
  const banks = urls.map((url) => ({
    url,
    fetch,
    timeLimitMs: 10_000,
  }));
  const until = Date.now() - minutes * 60_000;
  const open = await openTransfers(banks, until);
  for (const { transferId, cents } of open) {
    const what = cents > 0 ? "was debited, and no more" : "is too much";
    console.log(
      `${transferId}  ${formatCents(Math.abs(cents))}  ${what}`,
    );
  }
  if (!parks.length) console.log("nothing is parked");
  if (!urls.length) console.log("the banks were not asked: --bank");
}

async function decide(
  db: LedgerDb,
  given: Record<string, string | undefined>,
) {
  const {
    decide: choice = "",
    park = "",
    by = "",
    reason = "",
  } = given;
  if (!park || !by || !reason)
    throw new Error(
      "say which --park, --by whom, and for what --reason",
    );
  const url = serverUrl(given["url"]) ?? "http://127.0.0.1:8001";
  const client = new Resonate({ url, logger: silence });
  await checkServer(client, url);
  const said = decisionOn(park, choice as Choice, by, reason);
  await decideParked(client, db, said);
  await client.stop();
  console.log(`${park}: ${choice}, by ${by}`);
}

import { existsSync, readFileSync } from "node:fs";
import { Resonate } from "@resonatehq/sdk";
import { givenServer } from "../support/check-server.ts";
import { formatCents } from "../support/format-cents.ts";
import { program } from "../support/program.ts";
import { balances } from "../transfer/accounts.ts";
import { IN_TRANSIT } from "../transfer/in-transit/legs.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { reconcileWith } from "../transfer/reconcile/with-engine.ts";

const USAGE = `\
usage: npm run reconcile -- LEDGER [--ids FILE] [--undo-unknown]

Looks at each transfer in the ledger of this file, and asks the server
that RESONATE_URL names what has become of it. Finishes or undoes what
was only debited, and lists what needs a person: then it exits with 1.

  --ids FILE       looks at these ids as well, one a line: your orders
  --undo-unknown   undoes what the server does not know`;

const options = {
  ids: { type: "string" },
  "undo-unknown": { type: "boolean", default: false },
} as const;
const args = { options, allowPositionals: true };
await program(USAGE, args, async ({ values, positionals: [file] }) => {
  const url = await givenServer();
  if (!url) throw new Error("RESONATE_URL is to name your server");
  if (!file || !existsSync(file))
    throw new Error(`there is no ledger ${file ?? ""}: --help tells`);
  const list = values["ids"];
  if (list && !existsSync(`${list}`))
    throw new Error(`there is no file ${list}`);
  const ids = list
    ? readFileSync(`${list}`, "utf8").split(/\r?\n/)
    : [];

  // #region reconcile
  const db = openLedger(file);
  const group = "reconcile"; // the workers' is offered transfers
  const client = new Resonate({ url, group, logLevel: "error" });
  const found = await reconcileWith(client.promises, db, {
    ids: ids.filter(Boolean),
    undoUnknown: values["undo-unknown"] === true,
    tell: ({ id, is, why }) => console.log(`${id} ${is}: ${why}`),
  });
  const held = await balances(db);
  const transit = held.find(({ account }) => account === IN_TRANSIT);
  console.log(`in transit: ${formatCents(transit?.cents ?? 0)}`);
  const open = found.filter(({ is }) => is === "for a person");
  await client.stop();
  db.close();
  if (open.length)
    throw new Error(`${open.length} for a person: see above`);
  // #endregion reconcile
});

import { Resonate } from "@resonatehq/sdk";
import { checkServer } from "../support/check-server.ts";
import { ledgerFile, program, serverUrl } from "../support/program.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import { transferMoney } from "../transfer/transfer-money.ts";
import { holdAt, POINTS, type Word } from "./stage/hold.ts";

const USAGE = `\
usage: npx tsx snippets/failure-modes/worker.ts [--hold POINT]
         [--url URL] [--group GROUP] [--ledger FILE]

A worker of a server, http://127.0.0.1:8001 unless URL or RESONATE_URL
names another. With --hold it stops at one point, for you to kill it:
${POINTS.join(", ")}.`;

const options = {
  url: { type: "string" },
  group: { type: "string", default: "transfers" },
  ledger: { type: "string", default: "by-hand.db" },
  hold: { type: "string" },
} as const;
await program(USAGE, { options }, async ({ values }) => {
  const given = values as Record<string, string>;
  const hold = POINTS.find((point) => point === given["hold"]);
  if (given["hold"] && !hold)
    throw new Error(`--hold takes one of ${POINTS.join(", ")}`);
  const url = serverUrl(given["url"]) ?? "http://127.0.0.1:8001";
  const { group = "", ledger = "" } = given;

  /** To the program that started it, or else to the terminal. */
  function say(word: Word) {
    if (process.send)
      process.send(word, () => {}); // may be gone
    else if (word.says === "wrote")
      console.log(`${word.kind} ${word.outcome}`);
    else if (word.says === "was refused")
      console.log(`${word.kind} rejected`);
    else if (word.says === "holds")
      console.log(
        `holds ${word.point}; now type: kill -9 ${process.pid}`,
      );
    else if (hold) console.log(`up, and is to hold ${hold}`);
    else console.log("up, and waits for transfers; Ctrl-C ends it");
  }

  // #region worker
  const db = openLedger(ledgerFile([ledger]));
  const resonate = new Resonate({ url, group, ttl: 2_000 });
  await checkServer(resonate, url);
  resonate.setDependency("db", holdAt(db, hold, say));
  resonate.register("transferMoney", transferMoney);
  say({ says: "up" });

  process.on("disconnect", () => process.exit()); // its parent is gone
  // #endregion worker
});

import { parseArgs } from "node:util";
import { Resonate } from "@resonatehq/sdk";
import { openLedger } from "../open-ledger.ts";
import { transferMoney } from "../transfer-money.ts";
import { holdAt, POINTS, type Word } from "./hold.ts";

const DEFAULT_URL =
  process.env["RESONATE_URL"] || "http://127.0.0.1:8001";
const { values } = parseArgs({
  options: {
    url: { type: "string", default: DEFAULT_URL },
    group: { type: "string", default: "transfers" },
    ledger: { type: "string", default: "by-hand.db" },
    hold: { type: "string" },
  },
});
const hold = POINTS.find((point) => point === values.hold);
if (values.hold && !hold) {
  console.error(`--hold takes one of ${POINTS.join(", ")}`);
  process.exit(1);
}

/** To the program that started it, or else to the terminal. */
function say(word: Word) {
  if (process.send) process.send(word);
  else if (word.says === "wrote")
    console.log(`${word.kind} ${word.outcome}`);
  else if (word.says === "holds")
    console.log(
      `holds ${word.point}; now type: kill -9 ${process.pid}`,
    );
  else if (hold) console.log(`up, and is to hold ${hold}`);
  else console.log("up, and waits for transfers; Ctrl-C ends it");
}

// #region worker
const db = openLedger(values.ledger);
const { url, group } = values;
const resonate = new Resonate({ url, group, ttl: 2_000 });
resonate.setDependency("db", holdAt(db, hold, say));
resonate.register("transferMoney", transferMoney);
say({ says: "up" });

process.on("disconnect", () => process.exit()); // its parent is gone
// #endregion worker

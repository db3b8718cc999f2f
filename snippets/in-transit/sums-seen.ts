import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { openAccounts } from "../support/bank.ts";
import {
  kill,
  startProcess,
  wordOf,
} from "../support/start-process.ts";
import { openAccount } from "../transfer/accounts.ts";
import { IN_TRANSIT } from "../transfer/in-transit/legs.ts";
import { openLedger } from "../transfer/open-ledger.ts";
import type { Way } from "./ways.ts";

const PAYS = new URL("processes/pays.ts", import.meta.url);
const READS = new URL("processes/reads.ts", import.meta.url);
const EACH = 10; // readings, whenever a worker stands still

interface Readings {
  next: number[];
  least: number;
  most: number;
}

/** What was read, in cents, and where a worker was killed. */
export interface SumsSeen extends Omit<Readings, "next"> {
  /** What all accounts held, wherever a worker stood still. */
  sums: number[];
  /** At which of these it was killed. */
  kills: number[];
  readings: number;
}

// #region sums-seen
/**
 * Makes transfers of 10.00, to bob and to an account that is not there,
 * and kills the process that makes them: the first one where it first
 * stands still, the second one where it does so next, and so on. The
 * process after it makes the same transfer again. Meanwhile another one
 * reads what all accounts hold.
 */
export async function sumsSeen(
  folder: string,
  way: Way,
  progress: (kills: number) => void,
): Promise<SumsSeen> {
  const file = join(folder, `${way}.db`);
  const db = openLedger(file);
  await openAccounts(db);
  await openAccount(db, IN_TRANSIT, 0);
  db.close();
  const reader = await start(READS, [file]);
  let worker = await start(PAYS, [file, way]);

  const sums: number[] = [];
  const kills: number[] = [];
  let last: Readings = { next: [], least: 0, most: 0 };
  async function read() {
    last = await ask<Readings>(reader, EACH);
    const [sum = 0, ...others] = new Set(last.next);
    if (others.length) throw new Error("it changed while all stood");
    sums.push(sum);
  }
  /** Whether it was killed at this stand, before it was done. */
  async function diesAt(stand: number, target: string) {
    const id = `to-${target}-${stand}`;
    const transfer = {
      ...{ id, source: "alice", target },
      amountCents: 10_00,
    };
    let stands = 0;
    let word = await ask<string>(worker, transfer);
    for (; word === "stands"; word = await ask(worker, "go")) {
      await read();
      if (++stands !== stand) continue;
      await kill(worker);
      progress(kills.push(sums.length - 1));
      worker = await start(PAYS, [file, way]);
      word = await ask(worker, transfer);
    }
    return stands >= stand;
  }
  for (const target of ["bob", "nobody"])
    for (let stand = 1; await diesAt(stand, target); ) stand += 1;
  await Promise.all([kill(worker), kill(reader)]);
  const { least, most } = last;
  return { sums, kills, readings: EACH * sums.length, least, most };
}
// #endregion sums-seen

async function start(program: URL, args: string[]) {
  const env = { ...process.env, RESONATE_URL: "" }; // in memory
  return (await startProcess(program, args, { env })).child;
}

/** What it says to this. */
function ask<Word>(
  child: ChildProcess,
  what: object | string | number,
) {
  const word = wordOf<Word>(child, "it");
  child.send(what);
  return word;
}

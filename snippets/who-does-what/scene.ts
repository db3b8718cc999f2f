import { Resonate } from "@resonatehq/sdk";
import { watch } from "../crash/watch.ts";
import type { Question } from "../crash/wire.ts";
import { startClient } from "../crash-matrix/client.ts";
import { type Fate, Host } from "../crash-matrix/host.ts";
import type { Saga } from "../crash-matrix/start-worker.ts";
import { alicePaysBob, closeBob } from "../support/bank.ts";
import { openBank } from "../support/open-bank.ts";
import { silence } from "../support/silence.ts";
import { audit, entriesOf, ledgerIdOf } from "../transfer/accounts.ts";
import type { Entry, LedgerDb } from "../transfer/ledger.ts";
import type { TransferResult } from "../transfer/transfer-money.ts";

/** What a transfer of 50.00 from alice to bob goes through. */
export interface Plot {
  /** Who pays, if not alice. */
  source?: string;
  /** Whether the target rejects at first, and whether it does later. */
  rejects?: [first: boolean, later: boolean];
  /** What becomes of the first worker when it writes this entry. */
  dies?: { at: Entry["kind"]; fate: Fate };
  /** After that there is no other worker, or no record. */
  after?: "no other worker" | "no record";
  /** The ledger is locked when it is written to for the first time. */
  locked?: boolean;
  /** The ledger is passed along with the transfer. */
  passed?: boolean;
  /** We look when the target is asked for the second time. */
  untilAskedAgain?: boolean;
}

// #region play
/** Has a saga go through this, and looks at the ledger then. */
export async function play(
  saga: Saga | undefined,
  plot: Plot,
  open = openBank,
) {
  const ledger = await open();
  const db = plot.locked ? lockedOnce(ledger) : ledger;
  const host = new Host(db);
  const { network } = host;
  const client = new Resonate({ network, logger: silence });

  const { source = "alice", rejects = [false, false] } = plot;
  const ledgerId = await ledgerIdOf(ledger);
  const order = { ...alicePaysBob("t1"), source, ledgerId };
  const passed = plot.passed ? { ...order, db: ledger } : order;
  const answer = client.rpc<TransferResult>(
    "t1",
    "transferMoney",
    passed,
  );
  const askedAgain = Promise.withResolvers<string>();
  const end = Promise.race([
    askedAgain.promise,
    answer.then(
      ({ status }) => status,
      (error: Error) => `failed: ${error.message}`,
    ),
  ]);

  let asked = 0;
  let server = host;
  async function work(
    rejects: boolean,
    dies: Plot["dies"],
    until: Promise<unknown> = end,
  ) {
    const worker = startClient(saga);
    await closeBob(ledger, rejects);
    await server.work(worker, until, (question) => {
      if (plot.untilAskedAgain && looks(question) && ++asked === 2)
        askedAgain.resolve("pending");
      return dies && writes(question, dies.at) ? dies.fate : "answered";
    });
  }
  await work(rejects[0], plot.dies);
  if (plot.dies && !plot.after) {
    await host.passLease();
    await work(rejects[1], undefined);
  }
  if (plot.after === "no record") {
    server = new Host(db); // its worker gets nothing to do
    await work(rejects[1], undefined, server.passLease());
  }
  const ended = plot.after ? recorded(server) : end;

  const { seededCents, heldCents } = await audit(ledger);
  const entries = await entriesOf(ledger, "t1");
  const status = await ended;
  await client.stop();
  ledger.close();
  return { entries, seededCents, heldCents, status };
}
export type Ending = Awaited<ReturnType<typeof play>>;
// #endregion play

async function recorded(host: Host) {
  return (await host.states()).get("t1") ?? "no record";
}

const writes = (question: Question, kind: Entry["kind"]) =>
  question.to === "ledger" && question.values.includes(kind);

const looks = (question: Question) =>
  question.to === "ledger" && question.sql.startsWith("SELECT");

function lockedOnce(ledger: LedgerDb) {
  let locked = true;
  return watch(ledger, (proceed) => {
    if (!locked) return proceed();
    locked = false;
    throw new Error("database is locked");
  });
}

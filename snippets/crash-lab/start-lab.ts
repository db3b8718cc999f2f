import { Resonate } from "@resonatehq/sdk";
import type { Question } from "../crash/wire.ts";
import { type Fate, Host } from "../crash-matrix/host.ts";
import type { Place } from "../crash-matrix/schedule.ts";
import { alicePaysBob, closeBob } from "../support/bank.ts";
import { checkTransfer } from "../transfer/check-transfer.ts";
import type { TransferResult } from "../transfer/transfer-money.ts";
import { look } from "./look.ts";

/** A question of a worker, and what became of it, once it is known. */
export interface Moment {
  worker: number;
  /** Which of the worker's questions it is, counted from 0. */
  number: number;
  question: Question;
  fate?: Fate;
  /** Whether it was a write that wrote nothing. */
  wroteNothing?: boolean;
}

// #region start-lab
/**
 * Begins one transfer, in the hands of a reader: its workers wait at
 * every question until `decide` says what becomes of it. Tells
 * `changed` of each question, and of each answer to whoever asked for
 * the transfer. Throws `InvalidTransfer` when the amount is not one.
 */
export async function startLab(
  { openBank, next }: Place,
  { amountCents, rejects }: { amountCents: number; rejects: boolean },
  changed: () => void,
) {
  const transfer = { ...alicePaysBob("t1"), amountCents };
  const db = await openBank();
  const order = await checkTransfer(transfer, db);
  await closeBob(db, rejects);
  const host = new Host(db);
  const client = new Resonate({ network: host.network });
  const moments: Moment[] = [];
  const answers: TransferResult[] = [];
  const left = Promise.withResolvers<void>();
  let decide: ((fate: Fate) => void) | undefined;

  /** By one id there is one transfer, however often it is asked for. */
  async function ask() {
    const { id } = order;
    answers.push(await client.rpc(id, "transferMoney", order));
    changed();
  }

  async function employ(worker: number) {
    const thread = next();
    let number = 0;
    const fateOf = async (question: Question) => {
      if (isHeartbeat(question)) return "answered";
      const moment: Moment = { worker, number: number++, question };
      moments.push(moment);
      const decided = Promise.withResolvers<Fate>();
      decide = decided.resolve;
      changed();
      moment.fate = await decided.promise;
      return moment.fate;
    };
    await host.work(thread, over, fateOf, (answer) => {
      const { changes } = (answer ?? {}) as { changes?: number };
      const moment = moments.at(-1);
      if (moment) moment.wroteNothing = changes === 0;
    });
    changed();
  }

  let isOver = false;
  const over = Promise.race([ask(), left.promise]).finally(() => {
    isOver = true;
  });
  async function employAll() {
    for (let worker = 1; !isOver; worker += 1) await employ(worker);
  }
  const done = employAll();

  return {
    moments,
    answers,
    ask,
    decide: (fate: Fate) => decide?.(fate),
    look: () => look(host, moments),
    /** Lets time pass: up to now, or until the lease has passed. */
    tick: () => host.tick(Date.now()),
    skipWait: () => host.passLease(),
    /** Ends its worker, and closes the ledger. */
    async close() {
      left.resolve();
      await done;
      await client.stop();
      db.close();
    },
  };
}
export type Lab = Awaited<ReturnType<typeof startLab>>;
// #endregion start-lab

/** A worker that waits is alive, and says so: that is no step of it. */
function isHeartbeat(question: Question) {
  return (
    question.to === "server" &&
    question.request.kind === "task.heartbeat"
  );
}

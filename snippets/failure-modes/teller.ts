import type { ResonateHandle } from "@resonatehq/sdk";
import { alicePaysBob } from "../support/bank.ts";
import { entriesOf } from "../transfer/accounts.ts";
import type { Transfer } from "../transfer/check-transfer.ts";
import type { TransferResult } from "../transfer/transfer-money.ts";
import type { Point, Word } from "./hold.ts";
import { say, show } from "./show.ts";
import type { Stage, Worker } from "./stage.ts";

const MOMENTS: Record<Point, string> = {
  "before-debit": "is about to write the debit",
  "after-debit": "has written the debit, and not yet said so",
  "before-credit": "is about to write the credit",
  "after-credit": "has written the credit, and not yet said so",
  "before-reversal": "is about to write the reversal",
  "after-reversal": "has written the reversal, and not yet said so",
};

// #region teller
/** Does what a story needs, and prints it, with who says it. */
export class Teller {
  #workers = 0;
  readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  startWorker(hold?: Point) {
    const name = `worker ${++this.#workers}`;
    const hear = (word: Word) => {
      if (word.says === "up") say(name, "is up");
      if (word.says === "wrote")
        say(name, `${word.kind}: ${word.outcome}`);
      if (word.says === "was refused")
        say(name, `${word.kind}: rejected`);
      if (word.says === "holds") say(name, MOMENTS[word.point]);
    };
    return this.stage.startWorker(hear, hold);
  }

  /** 50.00 from alice to bob. Throws when the server knows the id. */
  async order(id: string): Promise<Transfer> {
    const { client } = this.stage;
    const known = await client.promises.get(id).catch(() => undefined);
    if (known)
      throw new Error(`${id} is taken here: give another by --id`);
    return alicePaysBob(id);
  }

  async begin(id: string, more: Partial<Transfer> = {}) {
    const order = { ...(await this.order(id)), ...more };
    say("client", `asks for ${id}: 50.00 from alice to bob`);
    return this.stage.begin(order);
  }

  /** Kills the worker where it holds, and shows what is left. */
  async dies(worker: Worker, id: string) {
    await worker.says((word) => word.says === "holds");
    await worker.kill();
    say("", "killed with SIGKILL");
    await show(this.stage, id);
  }

  /** Waits for the answer; throws when it is not the one expected. */
  async ends(
    transfer: ResonateHandle<TransferResult>,
    worker: Worker,
    expected: TransferResult["status"],
  ) {
    const { status } = await transfer.result();
    const last = expected === "committed" ? "credit" : "reversal";
    await worker.wrote(last);
    say("client", `is told: ${status}`);
    await show(this.stage, transfer.id);
    const kinds = (await entriesOf(this.stage.db, transfer.id)).map(
      (entry) => entry.kind,
    );
    if (status !== expected || kinds.join() !== `debit,${last}`)
      throw new Error(`it should have been ${expected}`);
  }
}
// #endregion teller

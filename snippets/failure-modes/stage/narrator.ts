import type { ResonateHandle } from "@resonatehq/sdk";
import type { CrashPoint } from "../../crash/crash-point.ts";
import { alicePaysBob } from "../../support/bank.ts";
import { entriesOf } from "../../transfer/accounts.ts";
import type { Transfer } from "../../transfer/check-transfer.ts";
import type { TransferResult } from "../../transfer/transfer-money.ts";
import type { Word } from "./hold.ts";
import { say, show } from "./show.ts";
import type { Stage, Worker } from "./stage.ts";

/** `is about to write the debit`, for `before:write-debit`. */
function inWords(point: CrashPoint) {
  const [when, step] = point.split(":write-");
  return when === "before"
    ? `is about to write the ${step}`
    : `has written the ${step}, and not yet said so`;
}

// #region narrator
/** Does what a story needs, and prints it, with who says it. */
export class Narrator {
  #workers = 0;
  readonly stage: Stage;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  startWorker(hold?: CrashPoint) {
    const name = `worker ${++this.#workers}`;
    const hear = (word: Word) => {
      if (word.says === "up") say(name, "is up");
      if (word.says === "wrote")
        say(name, `${word.kind}: ${word.outcome}`);
      if (word.says === "was refused")
        say(name, `${word.kind}: rejected`);
      if (word.says === "holds") say(name, inWords(word.point));
    };
    return this.stage.startWorker(hear, hold);
  }

  /** 50.00 from alice to bob. Throws when the server knows the id. */
  async transfer(id: string): Promise<Transfer> {
    const { client } = this.stage;
    const known = await client.promises.get(id).catch(() => undefined);
    if (known)
      throw new Error(`${id} is taken here: give another by --id`);
    return alicePaysBob(id);
  }

  async begin(id: string) {
    const transfer = await this.transfer(id);
    say("client", `asks for ${id}: 50.00 from alice to bob`);
    return this.stage.begin(transfer);
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
// #endregion narrator

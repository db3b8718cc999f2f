import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { Resonate } from "@resonatehq/sdk";
import type { CrashPoint } from "../../crash/crash-point.ts";
import { startDevServer } from "../../support/dev-server.ts";
import { openBank } from "../../support/open-bank.ts";
import {
  checkTransfer,
  type Transfer,
} from "../../transfer/check-transfer.ts";
import type { TransferResult } from "../../transfer/transfer-money.ts";
import type { Word } from "./hold.ts";

// #region stage
/**
 * A ledger in `folder`, a client, and a dev server, unless `url` names
 * another server. Workers of `group` and other clients are processes of
 * their own, and end when this one does.
 */
export async function openStage(
  group: string,
  folder: string,
  url?: string,
) {
  const ledger = join(folder, "ledger.db");
  const db = await openBank(ledger);

  const server = url ? undefined : await startDevServer();
  const at = server?.url ?? url ?? "";
  const client = new Resonate({ url: at, group: `${group}-client` });
  const target = client.options({ target: group });
  const children = new Set<ChildProcess>();
  const start = (name: string, args: string[]) => {
    const child = fork(new URL(name, import.meta.url), args);
    children.add(child);
    child.once("exit", () => {
      children.delete(child);
      child.emit("word"); // its last
    });
    return child;
  };
  const kill = async (child: ChildProcess) => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };

  return {
    db,
    client,

    /** A worker, which waits at `hold` if that is given. */
    async startWorker(hear: (word: Word) => void, hold?: CrashPoint) {
      const args = ["--url", at, "--group", group, "--ledger", ledger];
      if (hold) args.push("--hold", hold);
      const child = start("../worker.ts", args);
      const words: Word[] = [];
      child.on("message", (word: Word) => {
        words.push(word);
        hear(word);
        child.emit("word");
      });
      /** Comes back when the worker has said a word like this. */
      const says = async (like: (word: Word) => boolean) => {
        while (!words.some(like)) {
          if (!children.has(child)) throw new Error("the worker ended");
          await once(child, "word");
        }
      };
      await says((word) => word.says === "up");
      return {
        says,
        wrote: (kind: string) =>
          says((word) => word.says === "wrote" && word.kind === kind),
        kill: () => kill(child),
      };
    },

    /** Asks for a transfer, which a worker of the group is to make. */
    async begin(transfer: Transfer) {
      const order = await checkTransfer(transfer, db);
      const { id } = order;
      const name = "transferMoney";
      return client.beginRpc<TransferResult>(id, name, order, target);
    },

    /** Asks for it in a process of its own, and brings its answer. */
    async askElsewhere(transfer: Transfer): Promise<TransferResult> {
      const order = await checkTransfer(transfer, db);
      const args = [at, group, JSON.stringify(order)];
      const child = start("./client.ts", args);
      const [answer] = await once(child, "message");
      return answer;
    },

    async close() {
      await Promise.all([...children].map(kill));
      await client.stop();
      await server?.stop();
      db.close();
    },
  };
}
// #endregion stage

export type Stage = Awaited<ReturnType<typeof openStage>>;
export type Worker = Awaited<ReturnType<Stage["startWorker"]>>;

import { Resonate } from "@resonatehq/sdk";
import { audit, entriesOf, openAccount } from "../accounts.ts";
import { openLedger } from "../open-ledger.ts";
import type { TransferResult } from "../transfer-money.ts";
import { Host } from "./host.ts";
import type { CrashPoint, Question, Thread } from "./wire.ts";

export type Path = "committed" | "compensated";

// #region schedule
/**
 * One transfer on a path, killed at each of the points in turn, then
 * left to finish. `landed` is called after each death, before the next
 * worker, with the questions that the dead one asked. Throws unless
 * the end is that of the path, exactly.
 */
export async function runSchedule(
  path: Path,
  points: CrashPoint[],
  next: () => Thread,
  landed?: (host: Host, questions: Question[][]) => Promise<void>,
): Promise<Question[][]> {
  const db = openLedger();
  await openAccount(db, "alice", 200_00);
  await openAccount(db, "bob", 0);
  const host = new Host(db);
  const client = new Resonate({ network: host.network });
  const order = {
    id: "t1",
    source: "alice",
    target: "bob",
    amountCents: 50_00,
    simulateCreditFailure: path === "compensated",
  };
  const ask = () =>
    client.rpc<TransferResult>("t1", "transferMoney", order);
  try {
    const end = ask();
    const questions: Question[][] = [];
    for (const point of points) {
      questions.push(await host.work(next(), end, point));
      await landed?.(host, questions);
      await host.passLease();
    }
    questions.push(await host.work(next(), end));

    const { status } = await end;
    const again = await ask();
    const states = [...(await host.states()).values()];
    const entries = await entriesOf(db, "t1");
    const { seededCents, heldCents } = await audit(db);
    const found = [
      status,
      again.status,
      ...entries.map((each) => each.kind),
    ];
    const last = path === "committed" ? "credit" : "reversal";
    const wanted = [path, path, "debit", last];
    if (
      found.join() !== wanted.join() ||
      states.includes("pending") ||
      seededCents !== heldCents
    )
      throw new Error(
        `${JSON.stringify(points)} ended as ${found.join()}`,
      );
    return questions;
  } finally {
    await client.stop();
    db.close();
  }
}
// #endregion schedule

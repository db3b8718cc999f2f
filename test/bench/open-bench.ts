import { openAccount } from "../../snippets/transfer/accounts.ts";
import {
  checkTransfer,
  type Order,
} from "../../snippets/transfer/check-transfer.ts";
import { openLedger } from "../../snippets/transfer/open-ledger.ts";

/** A ledger in a file, where alice can afford all orders, and the nth of them. */
export async function openBench(file: string) {
  const db = openLedger(file);
  await openAccount(db, "alice", 1_000_000_00);
  await openAccount(db, "bob", 0);
  const one = { source: "alice", target: "bob", amountCents: 1 };
  const checked = await checkTransfer({ id: "t", ...one }, db);
  const order = (nth: number, group = "t"): Order => ({
    ...checked,
    id: `${group}-${nth}`,
  });
  return { db, order };
}
export type Bench = Awaited<ReturnType<typeof openBench>>;

import { type Context, Never, Resonate } from "@resonatehq/sdk";
import { onTestFinished } from "vitest";
import { type Legs, legsFor } from "#snippets/transfer/in-transit/legs.ts";
import { payBack } from "#snippets/transfer/in-transit/pay-back.ts";
import { payIn } from "#snippets/transfer/in-transit/pay-in.ts";
import { payOut } from "#snippets/transfer/in-transit/pay-out.ts";
import type { LedgerDb } from "#snippets/transfer/ledger.ts";
import { orderFor } from "./bank.ts";
import { atPlace } from "./place.ts";

/** The leaves of a transfer through the account in transit, each called anew. */
export async function legsOn(db: LedgerDb) {
  const resonate = new Resonate({ logLevel: "error", ...atPlace() });
  onTestFinished(() => resonate.stop());
  resonate.setDependency("db", db);
  const once = resonate.options({ retryPolicy: new Never() });
  const order = await orderFor(db);
  let calls = 0;
  const by = <T>(leaf: (ctx: Context, legs: Legs) => Promise<T>) => {
    const registered = resonate.register(leaf.name, leaf);
    return (change: Partial<typeof order> = {}) =>
      registered.run(`call-${calls++}`, legsFor({ ...order, ...change }), once);
  };
  return {
    legs: legsFor(order),
    payIn: by(payIn),
    payOut: by(payOut),
    payBack: by(payBack),
  };
}

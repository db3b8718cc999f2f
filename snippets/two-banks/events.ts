import {
  closeAccount,
  openAccount,
  reopenAccount,
} from "../transfer/accounts.ts";
import { decide } from "../transfer/bank/decide.ts";
import type { BankWorld } from "./bank-world.ts";
import { faultNames } from "./link.ts";

type Happens = (world: BankWorld) => unknown;

// #region events
export const closeBob: Happens = ({ stores: { west } }) =>
  closeAccount(west, "bob");
export const reopenBob: Happens = ({ stores: { west } }) =>
  reopenAccount(west, "bob");
export const closeAlice: Happens = ({ stores: { east } }) =>
  closeAccount(east, "alice");
export const reopenAlice: Happens = ({ stores: { east } }) =>
  reopenAccount(east, "alice");
/** Alice spends most of what she has, at her bank. */
export const alicePaysDave: Happens = async ({ stores: { east } }) => {
  const body = { transferId: "t2", amountCents: 180_00 };
  await openAccount(east, "dave", 0);
  const debit = { ...body, account: "alice", kind: "debit" as const };
  const { outcome } = await decide(east, { ...debit, key: "t2-debit" });
  const credit = { ...body, account: "dave", kind: "credit" as const };
  if (outcome === "made")
    await decide(east, { ...credit, key: "t2-credit" });
};

/** What may happen at any time, to the banks or on the way to them. */
export const events: Record<string, Happens> = {
  "alice pays dave": alicePaysDave,
  "west closes bob's account": closeBob,
  "west opens bob's account": reopenBob,
  "east closes alice's account": closeAlice,
  "east opens alice's account": reopenAlice,
  ...Object.fromEntries(
    faultNames.flatMap((fault): [string, Happens][] => [
      [`to east: ${fault}`, ({ links }) => links.east.next.push(fault)],
      [`to west: ${fault}`, ({ links }) => links.west.next.push(fault)],
    ]),
  ),
};
// #endregion events

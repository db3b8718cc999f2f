import { Codec, type Resonate } from "@resonatehq/sdk";
import { closeAccount } from "#snippets/transfer/accounts.ts";
import type { Order } from "#snippets/transfer/check-transfer.ts";
import { type Legs, legsFor } from "#snippets/transfer/in-transit/legs.ts";
import { post } from "#snippets/transfer/in-transit/post.ts";
import type { EntryFor, LedgerDb } from "#snippets/transfer/ledger.ts";
import type { Finding } from "#snippets/transfer/reconcile/reconcile.ts";

/** What an engine has of a run. */
export interface Run {
  state: string;
  args: unknown[];
  value?: unknown;
}

/** A transfer that reconciliation meets: what is there, and what it finds. */
export interface Met {
  rows(legs: Legs, order: Order): EntryFor[];
  /** What the engine says. Without a state, it knows of no run. */
  state?: string;
  status?: string;
  /** What the run was given, if not the order. */
  asked?: Partial<Order>;
  /** What is to be found, if anything. */
  finds?: Finding["is"];
  why?: string;
  isClosed?: boolean;
}

const half = ({ debit }: Legs) => [...debit];
const made = ({ debit, credit }: Legs) => [...debit, ...credit];
const undone = ({ debit, reversal, noCredit }: Legs) => [
  ...debit,
  ...reversal,
  noCredit,
];
const more = (row: EntryFor, cents: number) => ({
  ...row,
  amountCents: row.amountCents + cents,
});
const told = { state: "resolved" };
const person = { finds: "for a person" } as const;

/** Each that is as it should be, or that is finished or undone. */
export const sound: Record<string, Met> = {
  "committed, and told so": { rows: made, ...told, status: "committed" },
  "committed, and nobody was told": { rows: made, state: "rejected_timedout" },
  "committed, and forgotten": { rows: made },
  "committed, and under way": { rows: made, state: "pending" },
  "compensated, and told so": { rows: undone, ...told, status: "compensated" },
  "refused, and told so": {
    rows: ({ noDebit }) => [noDebit],
    ...told,
    status: "refused",
  },
  "half, and under way": {
    ...{ rows: half, state: "pending" },
    ...{ finds: "under way", why: "debited" },
  },
  "half, and past its deadline": {
    ...{ rows: half, state: "rejected_timedout" },
    ...{ finds: "undone", why: "its run ended without a result" },
  },
  "half, and canceled": {
    ...{ rows: half, state: "rejected_canceled" },
    ...{ finds: "undone", why: "its run ended without a result" },
  },
  "half, and told committed": {
    ...{ rows: half, ...told, status: "committed" },
    ...{ finds: "finished", why: "its caller was told committed" },
  },
  "half, and told compensated": {
    ...{ rows: half, ...told, status: "compensated" },
    ...{ finds: "undone", why: "its caller was told compensated" },
  },
};

/** Each that is for a person, by what is wrong with it. */
export const damages: Record<string, Met> = {
  "half, told committed, and its target is closed": {
    ...{ rows: half, ...told, status: "committed", ...person },
    isClosed: true,
    why: "its caller was told committed, and account closed is closed, or not there",
  },
  "half, and forgotten": {
    ...{ rows: half, ...person },
    why: "it is debited, and the engine knows of no run",
  },
  ...Object.fromEntries(
    (["debit", "credit", "reversal"] as const).map((name) => [
      `one row of the ${name}`,
      {
        rows: (legs: Legs) => [
          ...(name === "debit" ? [] : legs.debit),
          legs[name][0],
        ],
        ...person,
        why: `its ${name} has one row of two`,
      },
    ]),
  ),
  "two amounts in a leg": {
    rows: ({ debit: [entry, transit] }) => [entry, more(transit, 1)],
    ...person,
    why: "the two rows of its debit differ",
  },
  "a credit without a debit": {
    rows: ({ credit }) => [...credit],
    ...person,
    why: "a credit without a debit",
  },
  "a reversal without a debit": {
    rows: ({ reversal, noCredit }) => [...reversal, noCredit],
    ...person,
    why: "a reversal without a debit",
  },
  "more credited than debited": {
    rows: ({ debit, credit: [entry, transit] }) => [
      ...debit,
      ...[more(entry, 7), more(transit, -7)],
    ],
    ...person,
    why: "AMOUNT cents debited, and a credit of AMOUNT+7",
  },
  "paid back to another account": {
    rows: ({ debit, reversal: [entry, transit], noCredit }) => [
      ...debit,
      ...[{ ...entry, account: "eve" }, transit, noCredit],
    ],
    ...person,
    why: "it is paid back to eve",
  },
  "credited and paid back": {
    rows: ({ debit, credit, reversal }) => [...debit, ...credit, ...reversal],
    ...person,
    why: "it is credited and paid back",
  },
  "paid back, and its way open": {
    rows: ({ debit, reversal }) => [...debit, ...reversal],
    ...person,
    why: "it is paid back, and may still be credited",
  },
  "closed, and not paid back": {
    rows: ({ debit, noCredit }) => [...debit, noCredit],
    ...person,
    why: "its credit is refused, and not paid back",
  },
  "debited twice": {
    rows: ({ debit: [entry, transit] }) => [
      ...[entry, transit],
      ...[entry, transit].map((it) => ({ ...it, opId: `${it.opId}-again` })),
    ],
    ...person,
    why: "ID-debit-again is a debit more",
  },
  "told committed, and compensated": {
    ...{ rows: undone, ...told, status: "committed", ...person },
    why: "its caller was told committed, and it is compensated",
  },
  "told compensated, and committed": {
    ...{ rows: made, ...told, status: "compensated", ...person },
    why: "its caller was told compensated, and it is committed",
  },
  "another amount was asked for": {
    ...{ rows: half, state: "rejected_timedout", ...person },
    asked: { amountCents: 1 },
    why: "AMOUNT cents debited, of 1",
  },
  "another source was asked for": {
    ...{ rows: made, ...told, status: "committed", ...person },
    asked: { source: "eve" },
    why: "it was to be paid by eve, and SOURCE paid",
  },
  "another target was asked for": {
    ...{ rows: made, ...told, status: "committed", ...person },
    asked: { target: "eve" },
    why: "it was for eve, and TARGET has it",
  },
  "its run is for another ledger": {
    ...{ rows: half, state: "rejected_timedout", ...person },
    asked: { ledgerId: "other" },
    why: "its run is for another ledger",
  },
};

/** Puts it into the ledger, and gives what the engine has of it. */
export async function meet(db: LedgerDb, met: Met, order: Order) {
  if (met.isClosed) await closeAccount(db, order.target);
  await post(db, met.rows(legsFor(order), order), "TRUE");
  if (!met.state) return undefined;
  const { status, state, asked } = met;
  const args = [{ ...order, ...asked }];
  return { state, args, ...(status && { value: { status } }) } satisfies Run;
}

/** What is to be found of it. */
export function toFind({ finds, why = "" }: Met, order: Order) {
  if (!finds) return [];
  const words: Record<string, string> = {
    "AMOUNT+7": `${order.amountCents + 7}`,
    AMOUNT: `${order.amountCents}`,
    SOURCE: order.source,
    TARGET: order.target,
    ID: order.id,
  };
  const said = why.replace(
    /AMOUNT\+7|[A-Z]{2,}/g,
    (word) => words[word] ?? word,
  );
  return [{ id: order.id, is: finds, why: said }];
}

const codec = new Codec();

/** An engine that has these runs, and answers for no other. */
export function engineOf(runs: Map<string, Run>): Resonate["promises"] {
  const get = async (id: string) => {
    const run = runs.get(id);
    if (!run)
      throw Object.assign(new Error("not found"), {
        serverError: { code: 404 },
      });
    return {
      ...{ id, state: run.state },
      param: codec.encode({ func: "transfer", args: run.args, version: 1 }),
      value: codec.encode(run.value),
    };
  };
  return { get } as unknown as Resonate["promises"];
}

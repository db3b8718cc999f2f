import { join } from "node:path";
import type { Database } from "better-sqlite3";
import { expect, onTestFinished, test } from "vitest";
import {
  audit,
  balances,
  closeAccount,
  openAccount,
  reopenAccount,
} from "#snippets/transfer/accounts.ts";
import { answerRequest } from "#snippets/transfer/bank/answer-request.ts";
import { prepareBank } from "#snippets/transfer/bank/tables.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { serveBank } from "#snippets/two-banks/serve-bank.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const credit = {
  transferId: "t1",
  account: "bob",
  amountCents: 50_00,
  kind: "credit",
};
const debit = { ...credit, account: "alice", kind: "debit" };

type Send = (request: Request) => Promise<Response>;

/** The contract runs over the module, and over the port. */
const banks: Record<string, (db: Database) => Promise<[Send, string]>> = {
  "as a module": async (db) => [
    (request) => answerRequest(db, request),
    "http://bank",
  ],
  "over HTTP": async (db) => {
    const { url, stop } = await serveBank(db);
    onTestFinished(stop);
    return [fetch, url];
  },
};

const hows = Object.keys(banks);

async function openBank(how: string, file?: string) {
  const db = openLedger(file);
  await prepareBank(db);
  await openAccount(db, "alice", 200_00);
  await openAccount(db, "bob", 0);
  const [send, url] = (await banks[how]?.(db)) ?? [];
  if (!send) throw new Error(how);
  const post = async (
    does: string,
    key: string | undefined,
    body: unknown,
  ): Promise<{ status: number } & Record<string, unknown>> => {
    const response = await send(
      new Request(`${url}/${does}`, {
        method: "POST",
        headers: key === undefined ? {} : { "Idempotency-Key": key },
        body: typeof body === "string" ? body : JSON.stringify(body),
      }),
    );
    return { ...(await response.json()), status: response.status };
  };
  const held = async (account: string) =>
    (await balances(db)).find((row) => row.account === account)?.cents;
  const answers = () =>
    db.prepare("SELECT count(*) FROM answers").pluck().get();
  return { db, send, url, post, held, answers };
}

test.for(hows)(
  "a bank %s makes an entry once under its key, and answers the same each time",
  async (how) => {
    const { post, held } = await openBank(how);
    const first = await post("make", "t1-credit", credit);
    expect(first).toMatchObject({
      ...credit,
      status: 200,
      key: "t1-credit",
      outcome: "made",
    });
    expect(await post("make", "t1-credit", credit)).toEqual(first);
    expect(await held("bob")).toBe(50_00);
    await post("make", "t1-debit", debit);
    expect(await held("alice")).toBe(150_00);
  },
);

test.for(hows)(
  "a bank %s keeps its no: under this key it is no for good, though the account would take the money now",
  async (how) => {
    const { db, post, held } = await openBank(how);
    await closeAccount(db, "bob");
    const refused = await post("make", "t1-credit", credit);
    expect(refused).toMatchObject({
      status: 200,
      outcome: "refused",
      reason: "account bob is closed",
    });
    await reopenAccount(db, "bob");
    expect(await post("make", "t1-credit", credit)).toEqual(refused);
    expect(await held("bob")).toBe(0);
    expect(await post("make", "t1-credit-2", credit)).toMatchObject({
      outcome: "made",
    });
  },
);

test.for(hows)(
  "a bank %s refuses an account that is not there, to pay into a closed one, and a debit of more than is held",
  async (how) => {
    const { db, post } = await openBank(how);
    let key = 0;
    const reason = async (change: object) => {
      const body = { ...credit, ...change };
      const { outcome, reason } = await post("make", `k${key++}`, body);
      return outcome === "refused" ? reason : outcome;
    };
    expect(await reason({ account: "eve" })).toBe("there is no account eve");
    expect(await reason({ kind: "debit" })).toBe(
      "account bob holds too little",
    );
    const all = { account: "alice", kind: "debit", amountCents: 200_00 };
    expect(await reason({ ...all, amountCents: 200_01 })).toBe(
      "account alice holds too little",
    );
    await closeAccount(db, "alice");
    expect(await reason(all)).toBe("made");
    for (const kind of ["credit", "reversal", "write-off"])
      expect(await reason({ kind, account: "alice" })).toBe(
        "account alice is closed",
      );
  },
);

test.for(hows)(
  "a bank %s takes money back once, and only what it has debited",
  async (how) => {
    const { post, held } = await openBank(how);
    const back = { ...debit, kind: "reversal" };
    const reason = "nothing of t1 is there to undo";
    expect(await post("make", "early", back)).toMatchObject({ reason });
    await post("make", "t1-debit", debit);
    const lost = { ...back, account: "losses", kind: "write-off" };
    const others = [
      { ...back, amountCents: 500_00 },
      { ...back, amountCents: 49_99 },
      { ...back, account: "bob" },
      { ...lost, amountCents: 500_00 },
      { ...lost, account: "bob" },
    ];
    for (const [nth, other] of others.entries())
      expect(await post("make", `other-${nth}`, other)).toMatchObject({
        reason: "that is not what t1 has debited",
      });
    expect(await post("make", "t1-reversal", back)).toMatchObject({
      outcome: "made",
    });
    expect(await post("make", "t1-reversal-2", back)).toMatchObject({ reason });
    expect(await post("make", "t1-write-off", lost)).toMatchObject({ reason });
    expect(await held("alice")).toBe(200_00);
  },
);

test.for(hows)(
  "a key that comes to a bank %s with another body is refused, and both are named",
  async (how) => {
    const { post, held, answers } = await openBank(how);
    await post("make", "k", credit);
    const others = [
      { amountCents: 50_01 },
      { account: "alice" },
      { kind: "reversal" },
      { transferId: "t2" },
    ];
    for (const other of others)
      for (const does of ["make", "void"])
        expect(await post(does, "k", { ...credit, ...other })).toMatchObject({
          status: 422,
          kept: { ...credit, outcome: "made" },
          asked: { ...credit, ...other, key: "k" },
        });
    expect(await held("bob")).toBe(50_00);
    expect(answers()).toBe(1);
  },
);

test.for(hows)(
  "of two bodies that come to a bank %s at once under one key, one is made",
  async (how) => {
    const { db, post } = await openBank(how);
    const [one, two] = await Promise.all([
      post("make", "k", credit),
      post("make", "k", { ...credit, amountCents: 1 }),
    ]);
    expect([one?.status, two?.status].sort()).toEqual([200, 422]);
    const { seededCents, heldCents } = await audit(db);
    expect([50_00, 1]).toContain(heldCents - seededCents);
  },
);

test.for(hows)(
  "a bank %s that is to void a key says what was made under it, or makes nothing under it any more",
  async (how) => {
    const { post, held } = await openBank(how);
    await post("make", "made", credit);
    expect(await post("void", "made", credit)).toMatchObject({
      outcome: "made",
    });
    const voided = await post("void", "open", credit);
    expect(voided).toMatchObject({
      outcome: "refused",
      reason: "voided before it was made",
    });
    expect(await post("make", "open", credit)).toEqual(voided);
    expect(await held("bob")).toBe(50_00);
  },
);

test.for(hows)(
  "a malformed request to a bank %s is neither a yes nor a no, and writes nothing",
  async (how) => {
    const { post, answers } = await openBank(how);
    const bodies: unknown[] = [
      "{",
      "",
      "[]",
      "null",
      ...[-1, 0, 0.5, "1", 2 ** 53, null].map((amountCents) => ({
        ...credit,
        amountCents,
      })),
      { ...credit, kind: "gift" },
      { ...credit, account: "" },
      { ...credit, account: "a\u0000" },
      { ...credit, more: 1 },
      { ...credit, account: "a".repeat(201) },
    ];
    for (const body of bodies)
      expect((await post("make", "k", body)).status, JSON.stringify(body)).toBe(
        400,
      );
    const keys = [undefined, "", "a".repeat(10_000), "a%00", "a%0A", "%"];
    for (const key of keys)
      expect((await post("make", key, credit)).status, key).toBe(400);
    const huge = JSON.stringify({ ...credit, note: "a".repeat(5_000) });
    expect((await post("make", "k", huge)).status).toBe(413);
    expect(await post("made", "k", credit)).toMatchObject({
      status: 404,
      detail: "there is no POST /made",
    });
    expect(answers()).toBe(0);
    expect((await post("make", "k", credit)).outcome).toBe("made");
  },
);

test.for(hows)(
  "the statement of a bank %s lists what was answered up to then",
  async (how) => {
    const { db, send, url, post } = await openBank(how);
    await post("make", "t1-debit", debit);
    await post("void", "t1-credit", { ...credit, note: "carol: gone" });
    const statement = async (until: unknown) =>
      (await send(new Request(`${url}/statement?until=${until}`))).json();
    expect(await statement(Date.now() + 1_000)).toMatchObject([
      { key: "t1-debit", outcome: "made" },
      { key: "t1-credit", outcome: "refused", note: "carol: gone" },
    ]);
    expect(await statement(0)).toEqual([]);
    expect(await statement("x")).toMatchObject({
      detail: "until takes milliseconds",
    });
    expect(db.pragma("synchronous", { simple: true })).toBe(2); // FULL
  },
);

test.for(hows)(
  "what a bank %s has answered outlives it, and nobody changes it",
  async (how) => {
    const file = join(temporaryFolder(), "bank.db");
    const { db, post } = await openBank(how, file);
    await closeAccount(db, "bob");
    const refused = await post("make", "k", credit);
    for (const sql of [
      "DELETE FROM answers",
      "UPDATE answers SET refused = NULL",
    ])
      expect(() => db.prepare(sql).run()).toThrow("an answer stays");
    db.close();
    const again = await openBank(how, file);
    await reopenAccount(again.db, "bob");
    expect(await again.post("make", "k", credit)).toEqual(refused);
  },
);

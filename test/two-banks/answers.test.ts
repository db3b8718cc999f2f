import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type Context, Resonate } from "@resonatehq/sdk";
import fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Operation } from "#snippets/transfer/bank/operation.ts";
import {
  askBank,
  type Bank,
  type Question,
} from "#snippets/transfer/two-banks/ask-bank.ts";
import { classify } from "#snippets/transfer/two-banks/classify.ts";

const asked: Operation = {
  key: "t1-credit",
  transferId: "t1",
  account: "bob",
  amountCents: 50_00,
  kind: "credit",
};
const made = JSON.stringify({ ...asked, outcome: "made" });
const refused = JSON.stringify({ ...asked, outcome: "refused", reason: "no" });

test("of all statuses and bodies, only 200 with a body that repeats the question is a yes or a no", () => {
  expect(classify(200, made, asked)).toEqual({ is: "made", reason: "made" });
  expect(classify(200, refused, asked)).toEqual({
    is: "refused",
    reason: "no",
  });
  const bodies = fc.oneof(
    fc.constantFrom(made, refused, "", "null", "[]", "<html>busy</html>"),
    fc.json(),
    fc.string(),
    fc
      .record({ outcome: fc.constantFrom("made", "refused") })
      .map((it) => JSON.stringify(it)),
  );
  const property = fc.property(
    fc.integer({ min: 100, max: 599 }),
    bodies,
    (status, body) => {
      const { is } = classify(status, body, asked);
      const decided = status === 200 && (body === made || body === refused);
      if (decided) expect(["made", "refused"]).toContain(is);
      else expect(is).toBe(status === 422 ? "unclear" : "unknown");
    },
  );
  fc.assert(property, { seed: 1, numRuns: 5_000 });
});

test("a decision about anything else than what was asked is for a person, whatever it says", () => {
  const others = fc.record(
    {
      key: fc.string({ minLength: 1 }),
      transferId: fc.constantFrom("t2", "t1 "),
      account: fc.constantFrom("alice", "bob "),
      amountCents: fc.integer({ min: 1 }),
      kind: fc.constantFrom("debit", "reversal"),
    },
    { requiredKeys: [] },
  );
  const property = fc.property(
    others.filter((it) => Object.keys(it).length > 0),
    fc.constantFrom("made", "refused"),
    (other, outcome) => {
      const body = { ...asked, reason: "no", outcome, ...other };
      const { is } = classify(200, JSON.stringify(body), asked);
      expect(["unclear", "unknown"]).toContain(is); // a key may be malformed
    },
  );
  fc.assert(property, { seed: 1 });
  const body = JSON.stringify({ ...asked, outcome: "made", amountCents: 1 });
  expect(classify(200, body, asked)).toEqual({
    is: "unclear",
    reason: "the answer is another's",
  });
});

const question: Question = {
  at: "west",
  does: "make",
  operation: asked,
  sinceMs: Date.now(),
};

/** Asks a bank, as a worker would. */
async function ask(bank: Partial<Bank>, change: Partial<Question> = {}) {
  const west = { fetch, url: "http://west", timeLimitMs: 200, ...bank };
  const getDependency = () => ({ west });
  const ctx = { getDependency } as unknown as Context;
  return askBank(ctx, { ...question, ...change });
}

/** A bank that answers all it is asked like this. */
async function bankThat(
  answers: Parameters<typeof createServer>[1],
): Promise<{ url: string }> {
  const server = createServer(answers as never);
  await new Promise<void>((up) => server.listen(0, "127.0.0.1", () => up()));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}` };
}

test("a reset, a timeout, an answer that does not end, a redirect and a page of 100 MB are all not known", async () => {
  const methods: unknown[] = [];
  const banks = {
    reset: await bankThat((request) => request.socket.destroy()),
    timeout: await bankThat(() => {}),
    endless: await bankThat((_, response) => void response.write("{")),
    redirect: await bankThat((request, response) => {
      methods.push(request.method);
      response.writeHead(302, { Location: "/" }).end(made);
    }),
    huge: await bankThat((_, response) => {
      response.writeHead(200).end("a".repeat(100_000_000));
    }),
    "longer than an answer is": await bankThat((_, response) => {
      response.writeHead(200).end(made + " ".repeat(65_536));
    }),
    "no such port": { url: "http://127.0.0.1:9" },
  };
  for (const [name, { url }] of Object.entries(banks))
    expect(await ask({ url }), name).toMatchObject({ is: "unknown" });
  expect(methods).toEqual(["POST"]); // a redirect is not followed
});

test("a worker that was given no such bank knows nothing of it, and does not fail the transfer", async () => {
  expect(await ask({}, { at: "north" })).toMatchObject({
    is: "unknown",
    reason: "this worker was given no bank north",
  });
  const withoutBanks = { getDependency: () => undefined };
  const answer = await askBank(withoutBanks as unknown as Context, question);
  expect(answer).toMatchObject({
    is: "unknown",
    reason: "this worker was given no bank west",
  });
});

test("a bank is asked in JSON, under the key that its answer is kept by", async () => {
  const requests: Request[] = [];
  await ask({
    fetch: async (request) => {
      requests.push(request);
      return new Response(made);
    },
  });
  expect(requests.map(({ headers }) => Object.fromEntries(headers))).toEqual([
    { "content-type": "application/json", "idempotency-key": "t1-credit" },
  ]);
  const { key, ...body } = asked;
  expect(await requests[0]?.json()).toEqual(body);
});

test("whatever a client of a bank throws is not known", async () => {
  const throws = (error: unknown) =>
    ask({ fetch: () => Promise.reject(error) });
  expect(await throws(undefined)).toMatchObject({
    is: "unknown",
    reason: "undefined",
  });
  expect(await throws(null)).toMatchObject({ is: "unknown" });
  const cause = new Error("connect ECONNREFUSED");
  expect(await throws(new Error("fetch failed", { cause }))).toMatchObject({
    is: "unknown",
    reason: "fetch failed: connect ECONNREFUSED",
  });
});

test("a bank is not asked about a key that it may have forgotten", async () => {
  let asked = 0;
  const forgets: Partial<Bank> = {
    keepsAnswersMs: 1_000,
    fetch: async () => {
      asked += 1;
      return new Response(made);
    },
  };
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  const at = (ageMs: number) => ask(forgets, { sinceMs: Date.now() - ageMs });
  expect(await at(0)).toMatchObject({ is: "made" });
  expect(await at(1_000)).toMatchObject({ is: "made" });
  expect(await at(1_001)).toMatchObject({
    is: "unclear",
    reason: "the bank may have forgotten the key by now",
  });
  expect(asked).toBe(2);
});

test("a bank that cannot close a key is not asked to: a person reads its statement", async () => {
  const cannot: Partial<Bank> = {
    cannotVoid: true,
    fetch: async () => new Response(made),
  };
  expect(await ask(cannot)).toMatchObject({ is: "made" });
  expect(await ask(cannot, { does: "void" })).toMatchObject({
    is: "unclear",
    reason: "the bank cannot close a key",
  });
});

test("a refusal of a bank that forgets its refusals is for a person, and its yes is a yes", async () => {
  const forgets = (body: string): Partial<Bank> => ({
    forgetsRefusals: true,
    fetch: async () => new Response(body),
  });
  expect(await ask(forgets(made))).toMatchObject({ is: "made" });
  expect(await ask(forgets(refused))).toMatchObject({
    is: "unclear",
    reason: "no, and the bank does not keep that",
  });
});

test("a leaf that asks a bank is recorded with what it was told", async () => {
  const resonate = new Resonate({ logLevel: "error" });
  onTestFinished(() => resonate.stop());
  const west = {
    fetch: async () => new Response(refused),
    url: "http://west",
    timeLimitMs: 200,
  };
  resonate.setDependency("banks", { west });
  const leaf = resonate.register("askBank", askBank);
  const answer = await leaf.run("ask", question);
  expect(answer).toMatchObject({ is: "refused", reason: "no" });
  expect(await leaf.run("ask", question)).toEqual(answer);
});

import { request as httpRequest } from "node:http";
import { expect, onTestFinished, test, vi } from "vitest";
import { readText } from "#snippets/transfer/bank/read-text.ts";
import { prepareBank } from "#snippets/transfer/bank/tables.ts";
import { openLedger } from "#snippets/transfer/open-ledger.ts";
import { serveBank } from "#snippets/two-banks/serve-bank.ts";

const credit = {
  transferId: "t1",
  account: "bob",
  amountCents: 50_00,
  kind: "credit",
};

test("a request that is cut off or of 100 MB leaves a bank up, and writes nothing", async () => {
  const db = openLedger();
  await prepareBank(db);
  const { url, stop } = await serveBank(db);
  onTestFinished(stop);
  const options = {
    method: "POST",
    headers: { "Idempotency-Key": "k", "Content-Length": 100_000_000 },
  };
  const cut = httpRequest(`${url}/make`, options).on("error", () => {});
  await new Promise<void>((sent) => cut.write('{"transferId"', () => sent()));
  cut.destroy();
  const huge = fetch(`${url}/make`, {
    method: "POST",
    headers: { "Idempotency-Key": "k" },
    body: "a".repeat(100_000_000),
  });
  // It says so before it has read it, or hangs up.
  const status = await huge.then(
    (it) => it.status,
    () => "hung up",
  );
  expect([413, "hung up"]).toContain(status);
  expect((await fetch(`${url}/statement?until=0`)).status).toBe(200);
  expect(db.prepare("SELECT * FROM answers").all()).toEqual([]);
});

test("a client that is too slow is cut off with an answer, and nothing is written", async () => {
  const db = openLedger();
  await prepareBank(db);
  const { url, stop } = await serveBank(db);
  onTestFinished(stop);
  const headers = { "Idempotency-Key": "k", "Content-Length": 100 };
  const slow = httpRequest(`${url}/make`, { method: "POST", headers });
  slow.on("error", () => {}); // it is hung up after the answer
  slow.write('{"transferId"');
  const status = await new Promise((told) =>
    slow.on("response", (response) => told(response.statusCode)),
  );
  expect(status).toBe(408);
  expect((await fetch(`${url}/statement?until=0`)).status).toBe(200);
  expect(db.prepare("SELECT * FROM answers").all()).toEqual([]);
});

test("a body is read to its last byte, and no further than is allowed", async () => {
  const body = "ü".repeat(100);
  const bytes = new TextEncoder().encode(body);
  const inHalves = () =>
    new Response(
      new ReadableStream({
        start(controller) {
          controller.enqueue(bytes.slice(0, 101)); // within a character
          controller.enqueue(bytes.slice(101));
          controller.close();
        },
      }),
    );
  expect(await readText(inHalves(), 200)).toBe(body);
  await expect(readText(inHalves(), 199)).rejects.toThrow(
    "longer than 199 bytes",
  );
  expect(await readText(new Response(), 0)).toBe("");
});

test("a body that is no UTF-8 is malformed, and a ledger that fails is no answer", async () => {
  const db = openLedger();
  await prepareBank(db);
  const { url, stop } = await serveBank(db);
  onTestFinished(stop);
  const errors = vi.spyOn(console, "error").mockImplementation(() => {});
  onTestFinished(() => errors.mockRestore());
  const post = (body: BodyInit) =>
    fetch(`${url}/make`, {
      method: "POST",
      headers: { "Idempotency-Key": "k" },
      body,
    });
  const text = JSON.stringify(credit).replace("bob", "b\u00f6b");
  const latin1 = Uint8Array.from(text, (it) => it.charCodeAt(0));
  const malformed = await post(latin1);
  expect(malformed.status).toBe(400);
  expect(await malformed.json()).toEqual({
    detail: "the body is cut off, or not UTF-8",
  });
  db.exec("DROP TABLE closed");
  const failed = await post(JSON.stringify(credit));
  expect(failed.status).toBe(500);
  expect(errors.mock.calls.join()).toContain("a bank failed: no such table");
});

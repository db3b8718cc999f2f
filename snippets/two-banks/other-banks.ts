import { answerRequest } from "../transfer/bank/answer-request.ts";
import type { LedgerDb } from "../transfer/ledger.ts";

type Bank = typeof answerRequest;

// #region stores-errors
/** A bank that fails for one key, keeps that, and says it for ever. */
export function storesErrors(): Bank {
  let failed = "";
  return async (db, request) => {
    const { pathname } = new URL(request.url);
    const key = request.headers.get("Idempotency-Key") ?? "";
    const response = await answerRequest(db, request);
    if (pathname === "/make" && key.endsWith("credit")) failed ||= key;
    if (pathname !== "/make" || key !== failed) return response;
    return new Response("an error", { status: 500 }); // it was made
  };
}
// #endregion stores-errors

// #region forgets
/** A bank that knows no key any more that it was asked before. */
export function forgets(): Bank {
  let asked = 0;
  return async (db, request) => {
    const key = request.headers.get("Idempotency-Key") ?? "";
    const own = `${asked++}-${key}`;
    const body = await request.text();
    const headers = { "Idempotency-Key": own };
    const { method, url } = request;
    const sent = new Request(url, { method, headers, body });
    const response = await answerRequest(db, sent);
    const text = (await response.text()).replaceAll(own, key);
    return new Response(text, { status: response.status });
  };
}
// #endregion forgets

// #region first-answer
/** A bank that answers the first body of a key, whatever comes now. */
export function answersFirst(): Bank {
  return async (db: LedgerDb, request: Request) => {
    const response = await answerRequest(db, request);
    if (response.status !== 422) return response;
    const { kept } = (await response.json()) as { kept: object };
    return Response.json(kept);
  };
}
// #endregion first-answer

import * as v from "valibot";
import type { LedgerDb } from "../ledger.ts";
import { decide, statement, voidKey } from "./decide.ts";
import { Body, isSame, Operation } from "./operation.ts";
import { readText } from "./read-text.ts";

const MAX_BYTES = 4_096;

// #region answer-request
/**
 * A bank, as HTTP has it: `POST /make` makes an entry once under its
 * `Idempotency-Key`, `POST /void` closes that key, `GET /statement`
 * lists what was answered. A request that is malformed writes nothing,
 * and is answered 4xx, which is neither a yes nor a no.
 */
export async function answerRequest(
  db: LedgerDb,
  request: Request,
): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const asked = `${request.method} ${pathname}`;
  if (asked === "GET /statement") {
    const until = Number(searchParams.get("until") ?? Number.NaN);
    if (!Number.isSafeInteger(until))
      return problem(400, "until takes milliseconds");
    return Response.json(await statement(db, until));
  }
  const does = { "POST /make": decide, "POST /void": voidKey }[asked];
  if (!does) return problem(404, `there is no ${asked}`);
  try {
    const operation = await read(request);
    const kept = await does(db, operation);
    if (isSame(kept, operation)) return Response.json(kept);
    return Response.json({ kept, asked: operation }, { status: 422 });
  } catch (error) {
    if (error instanceof RangeError) return problem(413, error.message);
    if (error instanceof Malformed) return problem(400, error.message);
    throw error;
  }
}

class Malformed extends Error {}

async function read(request: Request): Promise<Operation> {
  const text = await readText(request, MAX_BYTES).catch((error) => {
    if (error instanceof RangeError) throw error;
    throw new Malformed("the body is cut off, or not UTF-8");
  });
  try {
    const body = v.parse(Body, JSON.parse(text));
    const key = request.headers.get("Idempotency-Key") ?? "";
    return v.parse(Operation, {
      ...body,
      key: decodeURIComponent(key),
    });
  } catch (error) {
    throw new Malformed((error as Error).message);
  }
}

function problem(status: number, detail: string): Response {
  return Response.json({ detail }, { status });
}
// #endregion answer-request

import type { Context } from "@resonatehq/sdk";
import * as v from "valibot";
import { Answered, isSame, type Operation } from "../bank/operation.ts";
import { readText } from "../bank/read-text.ts";

// #region bank
/** A bank, as a worker reaches it. */
export interface Bank {
  fetch: (request: Request) => Promise<Response>;
  url: string;
  /** How long one request may take, its answer included. */
  timeLimitMs: number;
  /** How long the bank keeps its answers, if not for ever. */
  keepsAnswersMs?: number;
  /** Says that the bank has no way to close a key. */
  cannotVoid?: boolean;
}
// #endregion bank

// #region answer
/** What an answer means. Only the first two are a bank's decision. */
export type Answer =
  | { is: "made"; atMs: number }
  | { is: "refused"; reason: string; atMs: number }
  /** Nothing is known. To ask the same again is safe. */
  | { is: "unknown"; reason: string; atMs: number }
  /** To ask again is of no use, or is not safe. A person looks. */
  | { is: "unclear"; reason: string; atMs: number };
export type Decided = Extract<Answer, { is: "made" | "refused" }>;

/**
 * The meaning of a status and a body. A yes or a no has status 200 and
 * a body that repeats what was asked, and under which key.
 */
export function classify(
  status: number,
  text: string,
  asked: Operation,
): { is: Answer["is"]; reason: string } {
  if (status === 422)
    return { is: "unclear", reason: "422: the key has another body" };
  const body = v.safeParse(Answered, parse(text));
  if (status !== 200 || !body.success)
    return { is: "unknown", reason: `${status}, and no yes or no` };
  const said = body.output;
  if (!isSame(said, asked))
    return { is: "unclear", reason: "the answer is another's" };
  const reason = said.outcome === "refused" ? said.reason : "made";
  return { is: said.outcome, reason };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's page, say
  }
}
// #endregion answer

// #region ask-bank
/** What to ask: to make an entry, or to close its key for good. */
export interface Question {
  at: string;
  does: "make" | "void";
  operation: Operation;
  /** From when on the bank may know the key. */
  sinceMs: number;
}

/**
 * Leaf. Asks once, and gives what the answer means. Never throws for
 * what a bank or the network does: that is an answer, too.
 */
export async function askBank(
  ctx: Context,
  question: Question,
): Promise<Answer> {
  const atMs = Date.now();
  try {
    const bank = bankOf(ctx, question.at);
    const { keepsAnswersMs = Number.POSITIVE_INFINITY } = bank;
    if (atMs - question.sinceMs > keepsAnswersMs)
      return { is: "unclear", reason: FORGOTTEN, atMs };
    if (question.does === "void" && bank.cannotVoid)
      return { is: "unclear", reason: OPEN, atMs };
    const response = await bank.fetch(requestFor(bank, question));
    const text = await readText(response, 65_536);
    const { operation } = question;
    return { ...classify(response.status, text, operation), atMs };
  } catch (error) {
    return { is: "unknown", reason: (error as Error).message, atMs };
  }
}

const OPEN = "the bank cannot close a key";
const FORGOTTEN = "the bank may have forgotten the key by now";

function requestFor(bank: Bank, { does, operation }: Question) {
  const { key, ...body } = operation;
  return new Request(`${bank.url}/${does}`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Idempotency-Key": encodeURIComponent(key),
    },
    body: JSON.stringify(body),
    redirect: "manual", // fetch would repeat it as a GET
    signal: AbortSignal.timeout(bank.timeLimitMs),
  });
}

function bankOf(ctx: Context, name: string): Bank {
  const bank = ctx.getDependency<Record<string, Bank>>("banks")?.[name];
  if (!bank) throw new Error(`this worker was given no bank ${name}`);
  return bank;
}
// #endregion ask-bank

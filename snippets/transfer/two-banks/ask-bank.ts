import type { Context } from "@resonatehq/sdk";
import type { Operation } from "../bank/operation.ts";
import { readText } from "../bank/read-text.ts";
import { type Answer, classify } from "./classify.ts";

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
  /** Says that the bank may say yes where it has said no. */
  forgetsRefusals?: boolean;
}
// #endregion bank

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
    const reason = whyNotToAsk(bank, question, atMs);
    if (reason) return { is: "unclear", reason, atMs };
    const response = await bank.fetch(requestFor(bank, question));
    const text = await readText(response, 65_536);
    const answer = classify(response.status, text, question.operation);
    if (answer.is !== "refused" || !bank.forgetsRefusals)
      return { ...answer, atMs };
    const open = `${answer.reason}, and the bank does not keep that`;
    return { is: "unclear", reason: open, atMs };
  } catch (error) {
    return { is: "unknown", reason: reasonOf(error), atMs };
  }
}

function whyNotToAsk(
  { keepsAnswersMs = Number.POSITIVE_INFINITY, cannotVoid }: Bank,
  { does, sinceMs }: Question,
  atMs: number,
): string | undefined {
  if (atMs - sinceMs > keepsAnswersMs)
    return "the bank may have forgotten the key by now";
  if (does === "void" && cannotVoid)
    return "the bank cannot close a key";
  return undefined;
}

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

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, cause } = error;
  return cause instanceof Error
    ? `${message}: ${cause.message}`
    : message;
}

function bankOf(ctx: Context, name: string): Bank {
  const bank = ctx.getDependency<Record<string, Bank>>("banks")?.[name];
  if (!bank) throw new Error(`this worker was given no bank ${name}`);
  return bank;
}
// #endregion ask-bank

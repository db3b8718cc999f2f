import { type Context, Never } from "@resonatehq/sdk";
import { askBank, type Question } from "./ask-bank.ts";
import type { Asked, Patience } from "./bank-order.ts";
import type { Answer, Decided } from "./classify.ts";
import { byStatement, type Choice, type Decision } from "./decision.ts";
import { park } from "./park.ts";

/** Ten years, in milliseconds. Everything else ends after a day. */
export const FAR_MS = 10 * 365 * 24 * 3_600_000;

// #region ask-until-clear
/**
 * Asks until the answer is known, with a pause after each try, which
 * doubles and is drawn. Each try is on record, as is each pause.
 */
function* askUntilClear(
  ctx: Context,
  question: Question,
  patience: Patience,
): Generator<unknown, Answer> {
  const { tries, firstPauseMs, longestPauseMs } = patience;
  const once = { retryPolicy: new Never(), timeout: FAR_MS };
  for (let nth = 1; ; nth += 1) {
    const answer = yield* ctx.run(askBank, question, ctx.options(once));
    if (answer.is !== "unknown" || nth >= tries) return answer;
    const pauseMs = Math.min(
      firstPauseMs * 2 ** (nth - 1),
      longestPauseMs,
    );
    // Between half and all of it, so that not all ask at once. A server
    // refuses a time that is no whole number.
    const drawn = yield* ctx.run(draw, ctx.options(once));
    yield* ctx.sleep(Math.ceil(pauseMs * (0.5 + drawn / 2)));
  }
}

/** Leaf. The SDK's own has a day, and the run would end with it. */
async function draw(_ctx: Context): Promise<number> {
  return Math.random();
}
// #endregion ask-until-clear

// #region settle
/**
 * Gives a bank's yes or no on this operation, however long it takes.
 * What is not known after enough tries is parked, until a person says
 * what to do: to ask again, to close the key, or what the bank's
 * statement says. `closedBy` is the decision that closed the key: with
 * one from before, the key is closed from the start.
 */
export function* settle(
  ctx: Context,
  asked: Asked,
  sinceMs: number,
  patience: Patience,
  closedBy?: Decision,
): Generator<unknown, Decided & { closedBy?: Decision }> {
  const { at, operation } = asked;
  let does: Question["does"] = closedBy ? "void" : "make";
  for (;;) {
    const question: Question = { at, does, operation, sinceMs };
    const answer: Answer = yield* askUntilClear(
      ctx,
      question,
      patience,
    );
    if (answer.is === "made" || answer.is === "refused")
      return { ...answer, ...(closedBy && { closedBy }) };
    const decision: Decision = yield* park(ctx, {
      ...asked,
      reason: answer.reason,
      choices: choicesFor(question, answer),
    });
    const { choice, by, reason, atMs } = decision;
    if (choice === "made" || choice === "refused")
      return {
        is: choice,
        reason: `${by}: ${reason}`,
        atMs,
        ...(closedBy && { closedBy }),
      };
    does = choice === "retry" ? "make" : "void";
    closedBy = choice === "retry" ? undefined : decision;
  }
}

/** A bank that can be asked is asked. Else its statement is read. */
function choicesFor({ does, operation }: Question, { is }: Answer) {
  const { kind } = operation;
  const choices: Choice[] = ["retry"];
  if (is === "unclear") return [...choices, ...byStatement];
  if (kind === "reversal") choices.push("write off");
  if (kind === "debit" || kind === "credit") choices.push("undo");
  return does === "void" ? [...choices, ...byStatement] : choices;
}
// #endregion settle

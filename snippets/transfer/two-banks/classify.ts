import * as v from "valibot";
import { Answered, isSame, type Operation } from "../bank/operation.ts";

// #region answer
/** What an answer means. Only the first two are a bank's decision. */
export type Answer =
  | { is: "made"; reason: string; atMs: number }
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

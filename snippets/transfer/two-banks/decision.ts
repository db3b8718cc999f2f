import * as v from "valibot";
import { textUpTo } from "../bank/operation.ts";

// #region decision
const Choice = v.picklist([
  "retry",
  "undo",
  "write off",
  "made",
  "refused",
]);
export type Choice = v.InferOutput<typeof Choice>;

/** What a person does not choose, but reads: it has to be true. */
export const byStatement: readonly Choice[] = ["made", "refused"];

/** What a person decided, for one park. The id is drawn. */
export const Decision = v.object({
  id: textUpTo(50),
  park: textUpTo(250),
  choice: Choice,
  by: textUpTo(50),
  reason: textUpTo(100),
  atMs: v.pipe(v.number(), v.safeInteger()),
});
export type Decision = v.InferOutput<typeof Decision>;

/** A decision that is made now. */
export function decisionOn(
  park: string,
  choice: Choice,
  by: string,
  reason: string,
): Decision {
  const [id, atMs] = [crypto.randomUUID(), Date.now()];
  return { id, park, choice, by, reason, atMs };
}
// #endregion decision

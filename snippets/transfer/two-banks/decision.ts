import * as v from "valibot";
import { textUpTo } from "../bank/operation.ts";

// #region decision
/** "made" and "refused" are what the statement of a bank says. */
const Choice = v.picklist([
  "retry",
  "undo",
  "write off",
  "made",
  "refused",
]);
export type Choice = v.InferOutput<typeof Choice>;

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
// #endregion decision

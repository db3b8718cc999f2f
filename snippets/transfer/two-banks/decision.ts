import * as v from "valibot";

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

const text = (length: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(length));

/** What a person decided, for one park. The id is drawn. */
export const Decision = v.object({
  id: text(50),
  park: text(250),
  choice: Choice,
  by: text(50),
  reason: text(100),
  atMs: v.pipe(v.number(), v.safeInteger()),
});
export type Decision = v.InferOutput<typeof Decision>;
// #endregion decision

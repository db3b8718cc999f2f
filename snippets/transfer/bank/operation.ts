import * as v from "valibot";

// #region operation
/** A text that a bank takes: whole characters, none of them control. */
export const textUpTo = (length: number) =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(length),
    v.check((it) => it.isWellFormed() && !/\p{Cc}/u.test(it)),
  );
const text = textUpTo(200);

/** What a bank is asked for. The kind says which way the money goes. */
export const Body = v.strictObject({
  transferId: text,
  account: text,
  amountCents: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  kind: v.picklist(["debit", "credit", "reversal", "write-off"]),
  note: v.optional(text),
});

/** It is made at most once under its key, the idempotency key. */
export const Operation = v.object({ ...Body.entries, key: text });
export type Operation = v.InferOutput<typeof Operation>;

/** What a bank answers: which operation it means, and yes or no. */
export const Answered = v.variant("outcome", [
  v.object({
    ...Operation.entries,
    outcome: v.literal("made"),
  }),
  v.object({
    ...Operation.entries,
    outcome: v.literal("refused"),
    reason: v.string(),
  }),
]);
export type Answered = v.InferOutput<typeof Answered>;

/** Says whether both ask for the same under the same key. */
export function isSame(one: Operation, other: Operation): boolean {
  const parts = ["key", "transferId", "account", "kind"] as const;
  return (
    one.amountCents === other.amountCents &&
    parts.every((part) => one[part] === other[part])
  );
}
// #endregion operation

import * as v from "valibot";
import { messageFaults } from "#snippets/crash/crash-point.ts";

const MOST = 300;
const some = <T extends v.GenericSchema>(schema: T) =>
  v.pipe(v.array(schema), v.maxLength(MOST));
const text = v.pipe(v.string(), v.maxLength(10_000));
const cents = v.pipe(v.number(), v.safeInteger());
const count = v.pipe(cents, v.minValue(0));

const moment = v.object({
  worker: v.picklist([1, 2, 3]), // with up to two faults
  name: text,
  fate: v.optional(
    v.picklist(["answered", "before", "after", "held", "frozen", "late"]),
  ),
  met: v.optional(v.picklist(messageFaults)),
  answer: v.optional(v.unknown()),
});
const frame = v.object({
  at: text,
  history: some(moment),
  answers: v.pipe(
    v.array(v.object({ status: text, reason: v.optional(text) })),
    v.maxLength(1),
  ),
  snapshot: v.object({
    entries: some(
      v.object({ opId: text, account: text, amountCents: cents, kind: text }),
    ),
    balances: some(v.object({ account: text, cents })),
    heldCents: cents,
    seededCents: cents,
    promises: some(v.object({ id: text, state: text, value: text })),
    lease: v.object({}),
  }),
});
const schedule = v.object({ meets: text, faults: some(text) });
const found = v.object({
  schedule: v.optional(schedule),
  words: some(text),
});

/** What may be heard of a worker that runs a saga that nobody has looked at:
 * anything else may come, and as much of it as it likes. */
export const heard = v.union([
  v.literal("alive"),
  v.object({ problem: text }),
  v.object({ tried: count, known: count }),
  v.object({ tried: count, drawn: count, found: v.optional(found) }),
  v.object({ frames: some(frame) }),
]);

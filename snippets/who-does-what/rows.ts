import { dropKey } from "./drop-key.ts";
import { withArgument, withoutKey, withoutLook } from "./leaves.ts";
import type { Row } from "./row.ts";
import {
  creditFirst,
  inOneStep,
  withDrawnIds,
  withoutCatch,
  withoutNever,
  withoutRetry,
  withoutYield,
} from "./sagas.ts";

// #region rows
const dies = "before:write-credit";

export const rows: Record<string, Row> = {
  // What the SDK handles
  "record-of-run": {
    happens: "The worker dies before it writes the credit.",
    plot: { dies },
    withoutPlot: { dies, after: "no record" },
  },
  "other-worker": {
    happens: "The worker dies before it writes the credit.",
    plot: { dies },
    withoutPlot: { dies, after: "no other worker" },
  },
  "record-of-step": {
    happens:
      "The target rejects. The worker dies when the\n" +
      "reversal is written. By then the target accepts.",
    plot: {
      closed: [true, false],
      dies: "after:write-reversal",
    },
    without: inOneStep,
  },
  retries: {
    happens: "The ledger is locked at the first write.",
    plot: { locked: true },
    without: withoutRetry,
  },
  dependency: {
    happens: "The ledger is passed with the transfer.",
    plot: { passed: true },
    without: withArgument,
  },
  // What you write
  yield: {
    happens: "Nothing goes wrong.",
    plot: {},
    without: withoutYield,
  },
  order: {
    happens: "The source, carol, is no account.",
    plot: { source: "carol" },
    without: creditFirst,
  },
  look: {
    happens:
      "The worker dies when the credit is written.\n" +
      "By then the target rejects.",
    plot: {
      closed: [false, true],
      dies: "after:write-credit",
    },
    without: withoutLook,
  },
  "same-ids": {
    happens: "The worker dies when the debit is written.",
    plot: { dies: "after:write-debit" },
    without: withDrawnIds,
  },
  "unique-key": {
    happens: "The worker dies when the debit is written.",
    plot: { dies: "after:write-debit" },
    without: withoutKey,
    alter: dropKey,
  },
  catch: {
    happens: "The target rejects the credit.",
    plot: { closed: [true, true] },
    without: withoutCatch,
  },
  never: {
    happens: "The target rejects, and is asked again.",
    plot: { closed: [true, true], untilAskedAgain: true },
    without: withoutNever,
  },
};
// #endregion rows

import { openBankWithoutKey } from "./bank-without-key.ts";
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
const dies = { at: "credit", fate: "never came" } as const;
const deadBeforeRecord = { at: "debit", fate: "unheard" } as const;

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
      rejects: [true, false],
      dies: { at: "reversal", fate: "unheard" },
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
      rejects: [false, true],
      dies: { at: "credit", fate: "unheard" },
    },
    without: withoutLook,
  },
  "same-ids": {
    happens: "The worker dies when the debit is written.",
    plot: { dies: deadBeforeRecord },
    without: withDrawnIds,
  },
  "unique-key": {
    happens: "The worker dies when the debit is written.",
    plot: { dies: deadBeforeRecord },
    without: withoutKey,
    openWithout: openBankWithoutKey,
  },
  catch: {
    happens: "The target rejects the credit.",
    plot: { rejects: [true, true] },
    without: withoutCatch,
  },
  never: {
    happens: "The target rejects, and is asked again.",
    plot: { rejects: [true, true], untilAskedAgain: true },
    without: withoutNever,
  },
};
// #endregion rows

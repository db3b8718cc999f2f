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
    what: "the record of the run",
    happens: "The worker dies when it is about to write the credit.",
    plot: { dies },
    withoutPlot: { dies, after: "no record" },
  },
  "other-worker": {
    what: "another worker",
    happens: "The worker dies when it is about to write the credit.",
    plot: { dies },
    withoutPlot: { dies, after: "no other worker" },
  },
  "record-of-step": {
    what: "the record of each step",
    happens:
      "The target rejects. The worker dies when the reversal is\n" +
      "written. By then the target accepts.",
    plot: {
      rejects: [true, false],
      dies: { at: "reversal", fate: "unheard" },
    },
    without: inOneStep,
  },
  retries: {
    what: "retries",
    happens: "The ledger is locked when the debit is first written.",
    plot: { locked: true },
    without: withoutRetry,
  },
  dependency: {
    what: "the dependency",
    happens: "The ledger is passed with the transfer instead.",
    plot: { passed: true },
    without: withArgument,
  },
  // What you write
  yield: {
    what: "the yield*",
    happens: "Nothing goes wrong.",
    plot: {},
    without: withoutYield,
  },
  order: {
    what: "the order",
    happens: "The source, carol, is no account.",
    plot: { source: "carol" },
    without: creditFirst,
  },
  look: {
    what: "the look",
    happens:
      "The worker dies when the credit is written. By then the\n" +
      "target rejects.",
    plot: {
      rejects: [false, true],
      dies: { at: "credit", fate: "unheard" },
    },
    without: withoutLook,
  },
  "same-ids": {
    what: "the same ids",
    happens: "The worker dies when the debit is written.",
    plot: { dies: deadBeforeRecord },
    without: withDrawnIds,
  },
  "unique-key": {
    what: "the unique key",
    happens: "The worker dies when the debit is written.",
    plot: { dies: deadBeforeRecord },
    without: withoutKey,
    openWithout: openBankWithoutKey,
  },
  catch: {
    what: "the catch",
    happens: "The target rejects the credit.",
    plot: { rejects: [true, true] },
    without: withoutCatch,
  },
  never: {
    what: "Never",
    happens: "The target rejects the credit, and is asked again.",
    plot: { rejects: [true, true], untilAskedAgain: true },
    without: withoutNever,
  },
};
// #endregion rows

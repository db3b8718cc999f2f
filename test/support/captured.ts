/** What is printed in one terminal while others are open: a proof captures it. */
export const byHand = "by-hand";

/** What a run with many workers prints: a proof captures it. */
export const many = "many";

/** What a process reads while others are killed: a proof captures it. */
export const whereItIs = "where-it-is";

/** The commands of each output: it is what the last of them prints. */
export const captured = {
  "async-demo": ["npx tsx snippets/async-engine/demo.ts"],
  "async-forgotten": ["npx tsx snippets/async-engine/forgotten.ts"],
  "crash-between": ["npx tsx snippets/the-problem/crash-between.ts"],
  demo: ["npx tsx snippets/demo.ts"],
  "demo-again": [
    "npx tsx snippets/demo.ts ledger.db",
    "npx tsx snippets/demo.ts ledger.db",
  ],
  "dies-between": ["npx tsx snippets/failure-modes/dies-between.ts"],
  "dies-reversing": ["npx tsx snippets/failure-modes/dies-reversing.ts"],
  "dies-unrecorded": ["npx tsx snippets/failure-modes/dies-unrecorded.ts"],
  "find-out": ["npx tsx snippets/find-out/find-out.ts"],
  "find-out-banks": [
    "npx tsx snippets/find-out/find-out.ts --two-banks asks-again",
  ],
  "find-out-funds": [
    "npx tsx snippets/find-out/find-out.ts --funds one-statement",
  ],
  hundred: ["npx tsx snippets/one-ledger/hundred.ts"],
  "hundred-look": ["npx tsx snippets/one-ledger/hundred.ts one-statement"],
  lease: ["npx tsx snippets/crash-matrix/lease.ts"],
  "insert-or-ignore": ["npx tsx snippets/the-shape/insert-or-ignore.ts"],
  "same-id-again": ["npx tsx snippets/in-transit/same-id.ts"],
  "changed-saga": ["npx tsx snippets/changing/deploy.ts"],
  "kept-run": ["npx tsx snippets/changing/keep.ts"],
  deadline: ["npx tsx snippets/reconcile/deadline.ts"],
  restored: ["npx tsx snippets/reconcile/restored.ts"],
  "every-error": ["npx tsx snippets/errors/every.ts"],
  "one-transaction": ["npx tsx snippets/when-to-use/one-transaction.ts"],
  rejected: ["npx tsx snippets/failure-modes/rejected.ts"],
  caught: ["npx tsx snippets/primitives/caught.ts"],
  dependencies: ["npx tsx snippets/primitives/dependencies.ts"],
  register: ["npx tsx snippets/primitives/register.ts"],
  retries: ["npx tsx snippets/primitives/retries.ts"],
  steps: ["npx tsx snippets/primitives/steps.ts"],
  swap: ["npx tsx snippets/primitives/swap.ts"],
  values: ["npx tsx snippets/primitives/values.ts"],
  "same-id": ["npx tsx snippets/failure-modes/same-id.ts"],
  answers: ["npx tsx snippets/two-banks/answers.ts"],
  frozen: ["npx tsx snippets/two-banks/frozen.ts"],
  largest: ["npx tsx snippets/one-ledger/largest.ts"],
  "late-credit": ["npx tsx snippets/one-ledger/late-credit.ts"],
  "late-debit": ["npx tsx snippets/one-ledger/late-debit.ts"],
  "late-request": ["npx tsx snippets/two-banks/late-request.ts"],
  "lost-answer": ["npx tsx snippets/two-banks/lost-answer.ts"],
  "other-bank-errors": ["npx tsx snippets/two-banks/other-bank.ts errors"],
  "other-bank-first": ["npx tsx snippets/two-banks/other-bank.ts first"],
  "other-bank-forgets": ["npx tsx snippets/two-banks/other-bank.ts forgets"],
  "other-bank-refusals": ["npx tsx snippets/two-banks/other-bank.ts refusals"],
  "reversal-refused": ["npx tsx snippets/two-banks/reversal-refused.ts"],
  "without-catch": ["npx tsx snippets/who-does-what/without.ts catch"],
  "without-dependency": [
    "npx tsx snippets/who-does-what/without.ts dependency",
  ],
  "without-look": ["npx tsx snippets/who-does-what/without.ts look"],
  "without-never": ["npx tsx snippets/who-does-what/without.ts never"],
  "without-order": ["npx tsx snippets/who-does-what/without.ts order"],
  "without-other-worker": [
    "npx tsx snippets/who-does-what/without.ts other-worker",
  ],
  "without-record-of-run": [
    "npx tsx snippets/who-does-what/without.ts record-of-run",
  ],
  "without-record-of-step": [
    "npx tsx snippets/who-does-what/without.ts record-of-step",
  ],
  "without-retries": ["npx tsx snippets/who-does-what/without.ts retries"],
  "without-same-ids": ["npx tsx snippets/who-does-what/without.ts same-ids"],
  "without-unique-key": [
    "npx tsx snippets/who-does-what/without.ts unique-key",
  ],
  "without-yield": ["npx tsx snippets/who-does-what/without.ts yield"],
};

/** What programs print that need the Postgres of `LEDGER_URL`. */
export const onPostgres = {
  "cut-wire": "npx tsx snippets/many-machines/cut-wire.ts",
  overlap: "npx tsx snippets/many-machines/overlap.ts",
};

/** The commands of each output: it is what the last of them prints. */
export const captured = {
  "crash-between": ["npx tsx snippets/the-problem/crash-between.ts"],
  demo: ["npx tsx snippets/demo.ts"],
  "demo-again": [
    "npx tsx snippets/demo.ts ledger.db",
    "npx tsx snippets/demo.ts ledger.db",
  ],
  "dies-between": ["npx tsx snippets/failure-modes/dies-between.ts"],
  "dies-reversing": ["npx tsx snippets/failure-modes/dies-reversing.ts"],
  "dies-unrecorded": ["npx tsx snippets/failure-modes/dies-unrecorded.ts"],
  lease: ["npx tsx snippets/crash-matrix/lease.ts"],
  "insert-or-ignore": ["npx tsx snippets/the-shape/insert-or-ignore.ts"],
  rejected: ["npx tsx snippets/failure-modes/rejected.ts"],
  "same-id": ["npx tsx snippets/failure-modes/same-id.ts"],
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

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
};

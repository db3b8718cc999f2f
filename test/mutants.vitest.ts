import { defineConfig } from "vitest/config";

/** The proofs that run in this process: a mutant is not set in another. */
export default defineConfig({
  test: {
    include: [
      "test/{the-shape,async-engine}/*.test.ts",
      "test/{who-does-what,crash-matrix,when-to-use}.test.ts",
    ],
    // Those that kill threads take too long to be run for each mutant.
    testNamePattern: /^(?!.*\bkilled at any single point)/,
    testTimeout: 30_000,
    env: { RESONATE_URL: "" },
  },
});

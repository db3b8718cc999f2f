/** Mutation testing: `npm run mutants`. A change that no proof notices is a hole. */
export default {
  // Programs, and what runs in their children or in threads, are left out: a
  // mutant is set in this process alone. So are rows of words (rows.ts), which
  // the captured outputs have.
  mutate: [
    "snippets/transfer/*.ts",
    "snippets/support/{bank,open-bank,format-cents,router,store}.ts",
    "snippets/crash/{watch,wire}.ts",
    "snippets/crash-matrix/{client,disorder,host,matrix,one-transfer,schedule,start-worker,two-workers}.ts",
    "snippets/crash-lab/{load-bank,look,progress,questions-after,scenario,start-lab,story}.ts",
    "snippets/who-does-what/{bank-without-key,leaves,sagas,scene}.ts",
    "snippets/async-engine/transfer-money.ts",
    "snippets/when-to-use/transfer-in-one.ts",
  ],
  testRunner: "vitest",
  vitest: { configFile: "test/mutants.vitest.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner", "./test/equivalents.mjs"],
  ignorers: ["equivalents"],
  ignorePatterns: [".astro", "dist", "docs"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 5_000,
  thresholds: { break: 95 },
  reporters: ["progress", "clear-text"],
  clearTextReporter: {
    allowColor: false,
    allowEmojis: false,
    logTests: false,
    reportTests: false,
  },
};

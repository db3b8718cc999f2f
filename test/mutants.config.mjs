/** Mutation testing: `npm run mutants`. Each change that no proof notices is a hole. */
export default {
  testRunner: "vitest",
  plugins: ["@stryker-mutator/vitest-runner", "./test/equivalents.mjs"],
  ignorers: ["equivalents"],
  mutate: [
    "snippets/{ledger,accounts,check-transfer,transfer-money,open-ledger,watch}.ts",
  ],
  reporters: ["progress", "clear-text"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  ignorePatterns: [".astro", "dist", "docs"],
  vitest: { configFile: "test/mutants.vitest.ts", related: false },
  timeoutMS: 10000,
  clearTextReporter: {
    allowColor: false,
    logTests: false,
    reportTests: false,
    allowEmojis: false,
  },
};

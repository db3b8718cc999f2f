/** Mutation testing: `npm run mutants`. A change that no proof notices is a hole. */
export default {
  // Everything, but what a mutant cannot be set in, or what words alone are.
  mutate: [
    "snippets/**/*.ts",
    "docs/lab/session.ts",
    // Programs, and what they start: a mutant is set in this process alone.
    "!snippets/demo.ts",
    "!snippets/{failure-modes,primitives,the-problem}/**/*.ts",
    "!snippets/async-engine/{demo,forgotten,forgetful}.ts",
    "!snippets/crash-matrix/{run-matrix,lease,outlast}.ts",
    "!snippets/the-shape/insert-or-ignore.ts",
    "!snippets/when-to-use/{dying-worker,one-transaction}.ts",
    "!snippets/who-does-what/without.ts",
    "!snippets/two-banks/{answers,banks,frozen,late-request,lost-answer}.ts",
    "!snippets/two-banks/{other-bank,parked,reversal-refused,soak,tell}.ts",
    "!snippets/two-banks/{judge,other-banks,weather}.ts",
    "!snippets/two-banks/processes/*.ts",
    "!snippets/one-ledger/{arrive-late,hundred,hundred-from,largest,late-credit,late-debit,processes/pays}.ts",
    "!snippets/support/{dev-server,on-stage,program,temporary-folder}.ts",
    // Threads, of Node and of browsers.
    "!snippets/crash/{thread,start-thread,threads}.ts",
    "!snippets/crash-lab/{worker,start-web-worker}.ts",
    // Ten thousand schedules: the program runs them.
    "!snippets/crash/random-faults.ts",
    // Flawed on purpose, and words that the captured outputs have.
    "!snippets/crash-matrix/flawed-scenario.ts",
    "!snippets/{one-ledger,two-banks}/flawed/*.ts",
    "!snippets/who-does-what/rows.ts",
  ],
  testRunner: "vitest",
  vitest: { configFile: "test/mutants/vitest.ts", related: false },
  plugins: [
    "@stryker-mutator/vitest-runner",
    "./test/mutants/equivalents.mjs",
    "./test/mutants/keep-breaks.mjs",
  ],
  ignorers: ["equivalents"],
  ignorePatterns: [".astro", "dist"],
  coverageAnalysis: "perTest",
  concurrency: 2,
  timeoutMS: 5_000,
  thresholds: { break: 95 },
  reporters: ["progress", "clear-text", "breaks"],
  clearTextReporter: {
    allowColor: false,
    allowEmojis: false,
    logTests: false,
    reportTests: false,
  },
};

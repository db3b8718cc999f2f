/** What others publish, and the version of it that the pages were read from. */
export const others = {
  "python-example": {
    repository: "resonatehq-examples/example-money-transfer-py",
    version: "5a8853a9298cb89d1c1ff9f82bedfcdd88b4feb7",
  },
  "python-example-since": {
    repository: "resonatehq-examples/example-money-transfer-py",
    version: "368ce2dcacf45cd3aff903dc0836c31ce877b62c",
  },
  "python-sdk": { repository: "resonatehq/resonate-sdk-py", version: "v0.6.7" },
  "resonate-docs": {
    repository: "resonatehq/docs.resonatehq.io",
    version: "38ecf75675b79abb94a79f8010add2bcefe21373",
  },
  "resonate-server": {
    repository: "resonatehq/resonate",
    version: "c8d7c7ba840b6b8ceeaf1189162df1d7672f9d4e",
  },
  temporal: { repository: "temporalio/temporal", version: "v1.31.2" },
  "temporal-sdk": {
    repository: "temporalio/sdk-typescript",
    version: "v1.22.0",
  },
  "temporal-samples": {
    repository: "temporalio/samples-typescript",
    version: "5c245e02e2629cce5301af70f68e5fc9b8f2bb86",
  },
  restate: { repository: "restatedev/restate", version: "v1.7.6" },
  "restate-sdk": {
    repository: "restatedev/sdk-typescript",
    version: "v1.16.8",
  },
  "restate-docs": {
    repository: "restatedev/docs-restate",
    version: "8d549e91b5fa4b3b14fbe0d2bff7ab2374cee0ed",
  },
  dbos: { repository: "dbos-inc/dbos-transact-ts", version: "v4.26" },
  "dbos-docs": {
    repository: "dbos-inc/dbos-docs",
    version: "da42d1da507bce64ee91fe2ce7edbac3d94284d5",
  },
} as const;

/** A tag as it is, a commit by its first letters. */
export function shortVersion(other: keyof typeof others): string {
  return others[other].version.replace(/^([0-9a-f]{7})[0-9a-f]{33}$/, "$1");
}

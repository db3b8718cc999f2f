import { defineConfig } from "vitest/config";
import { addressOf, places, projectOf } from "./test/engines/places.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A real Resonate server, if `RESONATE_URL` names one. */
    realServer: string | undefined;
    /** Where engines keep their records, if not in process. */
    place: string | undefined;
    /** A Postgres for ledgers, if `LEDGER_URL` names one. */
    ledgerUrl: string | undefined;
  }
}

const shell = "test/shell.test.ts";
const elsewhere = "test/elsewhere.test.ts";
const postgres = "test/many-machines/postgres.test.ts";
const browser = [
  "test/crash-lab/browser/*.test.ts",
  "test/find-out/*.test.ts",
  "test/site/*.test.ts",
];

/** Proofs that start many processes, or search many schedules. */
const long = [
  "test/async-engine/workers.test.ts",
  "test/crash-matrix/{every-point,leases,your-own}.test.ts",
  "test/{dev-server,exercises,failure-modes}.test.ts",
  "test/{find-at-random,find-out,outputs,programs}.test.ts",
  "test/many-machines/{cluster,workers}.test.ts",
  "test/one-ledger/{crash,hundred,search}.test.ts",
  "test/changing/server.test.ts",
  "test/errors/every-error.test.ts",
  "test/reconcile/{damaged,program}.test.ts",
  "test/in-transit/{at-random,crash,search,where-it-is}.test.ts",
  "test/the-shape/lost-answer.test.ts",
  "test/two-banks/{crash,flawed,soak}.test.ts",
];

/** Servers that a person named. */
const provide = {
  realServer: process.env["RESONATE_URL"],
  ledgerUrl: process.env["LEDGER_URL"],
};

/** How proofs run that need no browser. */
const proving = {
  testTimeout: 30_000,
  // A client without a URL is to be one in memory.
  env: { RESONATE_URL: "" },
  provide,
};

/** What is proven of the saga wherever an engine keeps its records. */
const sagas = [
  "test/the-shape/{saga,bad-input,limits}.test.ts",
  "test/async-engine/same.test.ts",
  "test/many-machines/{contract,in-transit}.test.ts",
  "test/two-banks/{again,choices,decided,parked,status}.test.ts",
];

export default defineConfig({
  test: {
    allowOnly: false,
    maxWorkers: "100%", // many proofs wait for processes
    projects: [
      {
        test: {
          name: "proofs",
          globalSetup: "test/engines/say-where.ts",
          include: ["test/**/*.test.ts"],
          exclude: [
            shell,
            elsewhere,
            postgres,
            ...long,
            ...browser,
            "**/node_modules/**",
          ],
          ...proving,
        },
      },
      {
        test: {
          name: "long",
          globalSetup: "test/engines/say-where.ts",
          include: long,
          ...proving,
        },
      },
      ...places.filter(addressOf).map((place) => ({
        test: {
          name: projectOf(place),
          include: sagas,
          ...proving,
          provide: { ...provide, place: addressOf(place) },
        },
      })),
      {
        test: {
          name: "postgres",
          include: [postgres],
          ...proving,
        },
      },
      {
        test: {
          name: "shell",
          include: [shell],
          maxConcurrency: 3, // terminals of one reader
          testTimeout: 600_000,
        },
      },
      {
        test: {
          name: "elsewhere",
          include: [elsewhere],
          testTimeout: 900_000,
          hookTimeout: 900_000,
        },
      },
      {
        test: {
          name: "browser",
          include: browser,
          fileParallelism: false, // a machine of two cores has one browser
          testTimeout: 600_000,
          hookTimeout: 600_000,
          expect: { poll: { timeout: 10_000 } }, // a machine may be slow
        },
      },
    ],
  },
});

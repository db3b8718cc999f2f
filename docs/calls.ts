import matrix from "../test/outputs/crash-matrix.json";

/** What the worker of a transfer that commits calls for, by name. */
export const calls = [
  ...new Set(
    matrix.deaths
      .filter(({ path }) => path === "accepts")
      .map(({ point }) => point.replace(/^\w+:/, "")),
  ),
];
/** Those of them that are for the ledger. */
export const toLedger = calls.filter((name) => /^(read|write)-/.test(name));
